package io.clarinet.djl;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one of DJL's interfaces that this engine has: the public methods of some classes, a
 * family of calls each. What they leave out is answered by the interface's own default, or throws,
 * naming itself.
 */
final class Offered {
  private static final String REMEDY =
      "take the values by toFloatArray() and compute in Java, or have the model compute it";

  private final Class<?> face;
  private final Map<Method, Call> calls = new HashMap<>();

  private record Call(int family, Method method) {}

  Offered(Class<?> face, Class<?>... families) {
    this.face = face;
    for (int i = 0; i < families.length; i++) {
      for (Method own : families[i].getMethods()) {
        if (own.getDeclaringClass() == families[i] && !Modifier.isStatic(own.getModifiers())) {
          calls.put(counterpart(own), new Call(i, own));
        }
      }
    }
  }

  private Method counterpart(Method own) {
    for (Class<?> owner : List.of(face, Object.class)) {
      try {
        return owner.getMethod(own.getName(), own.getParameterTypes());
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    throw new IllegalArgumentException(name(own) + " is no call of " + face);
  }

  /** An object of the interface, before an object of each family. */
  Object before(Object... families) {
    return Proxy.newProxyInstance(
        face.getClassLoader(), new Class<?>[] {face}, new Behind(this, families));
  }

  /** The first family's object behind one that {@link #before} made; null for any other. */
  static @Nullable Object behind(Object object) {
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Behind behind
        ? behind.families[0]
        : null;
  }

  private static String name(Method call) {
    return call.getName()
        + Arrays.stream(call.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private record Behind(Offered offered, Object... families) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object front, Method call, Object @Nullable [] arguments)
        throws Throwable {
      Call own = offered.calls.get(call);
      if (own != null) {
        try {
          return own.method.invoke(families[own.family], arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
      if (call.isDefault()) {
        return InvocationHandler.invokeDefault(front, call, arguments);
      }
      throw Refusal.of(offered.face.getSimpleName() + "." + name(call), REMEDY);
    }
  }
}
