package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Threads that outlive a caller do not hold its class loader, as a redeployed application's. */
class GuestTest {
  /** Opens a session; defined by a class loader of its own, and sees what is public only. */
  public static final class Guest implements Supplier<Session> {
    private static final InheritableThreadLocal<Object> LOCAL = new InheritableThreadLocal<>();

    public Guest() {}

    @Override
    public Session get() {
      LOCAL.set(this);
      try {
        GraphBuilder builder = new GraphBuilder("guest");
        builder.input("x", 1, 3);
        builder.add("y", Unary.RELU, "x");
        Session session = Model.of(builder.output("y").build()).open(Device.cpu());
        session.run(Tensor.zeros(Shape.of(1, 3)));
        return session;
      } finally {
        LOCAL.remove();
      }
    }
  }

  private static final class GuestLoader extends ClassLoader {
    GuestLoader() {
      super(GuestTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Guest.class.getName()) ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private final WeakReference<?>[] loader = new WeakReference<?>[1];

  @SuppressWarnings("unchecked")
  private Session openFromGuest() throws ReflectiveOperationException {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    GuestLoader guest = new GuestLoader();
    loader[0] = new WeakReference<>(guest);
    Thread.currentThread().setContextClassLoader(guest);
    try {
      Class<?> type = guest.loadClass(Guest.class.getName());
      return ((Supplier<Session>) type.getDeclaredConstructor().newInstance()).get();
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  @Test
  void anOpenSessionHoldsNothingOfItsOpener() throws Exception {
    try (Session session = openFromGuest()) {
      for (int i = 0; i < 100 && loader[0].get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(loader[0].get()).isNull();
      assertThat(session.device().id()).isEqualTo("cpu");
    }
  }
}
