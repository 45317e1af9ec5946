package io.clarinet.backend.opencl;

import io.clarinet.file.OperatingSystem;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process's signal handlers, to be put back after a driver has replaced them. Java can reach
 * them from version 22 on, through the C library's {@code sigaction}; by reflection, since this is
 * compiled for 17 (src/docs/decisions/signal-handlers.md).
 */
final class SignalHandlers {
  private static final int FIRST_REAL_TIME = 32;

  /** More than any platform's {@code struct sigaction} takes. */
  private static final long ROOM = 512;

  private final CLibrary library;
  private final List<Saved> saved = new ArrayList<>();

  private record Saved(int signal, Object action) {}

  private SignalHandlers(CLibrary library) {
    this.library = library;
  }

  /** The handlers as they are now; empty where they cannot be read. */
  static Optional<SignalHandlers> now() {
    if (Runtime.version().feature() < 22 || OperatingSystem.CURRENT == OperatingSystem.WINDOWS) {
      return Optional.empty();
    }
    try {
      SignalHandlers handlers = new SignalHandlers(CLibrary.open());
      handlers.save();
      return handlers.saved.isEmpty() ? Optional.empty() : Optional.of(handlers);
    } catch (Throwable e) {
      return Optional.empty();
    }
  }

  private void save() throws Throwable {
    for (int signal = 1; signal < FIRST_REAL_TIME; signal++) {
      Object action = library.allocate(ROOM);
      if (library.sigaction(signal, library.none(), action) == 0) {
        saved.add(new Saved(signal, action));
      }
    }
  }

  /** Puts the handlers back; whether that succeeded is seen by who divides by zero. */
  void restore() {
    for (Saved each : saved) {
      try {
        library.sigaction(each.signal(), each.action(), library.none());
      } catch (Throwable e) {
        // as where the handlers cannot be read
      }
    }
  }

  /** The parts of {@code java.lang.foreign} that are used. */
  private record CLibrary(Object arena, Method allocation, Object none, MethodHandle sigaction) {

    static CLibrary open() throws ReflectiveOperationException {
      Class<?> segment = type("MemorySegment");
      Class<?> layout = type("MemoryLayout");
      Class<?> linkerType = type("Linker");
      Class<?> arenaType = type("Arena");
      Object linker = linkerType.getMethod("nativeLinker").invoke(null);
      Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
      Optional<?> address =
          (Optional<?>)
              type("SymbolLookup").getMethod("find", String.class).invoke(lookup, "sigaction");
      Object arguments = Array.newInstance(layout, 3);
      Array.set(arguments, 0, constant("ValueLayout", "JAVA_INT"));
      Array.set(arguments, 1, constant("ValueLayout", "ADDRESS"));
      Array.set(arguments, 2, constant("ValueLayout", "ADDRESS"));
      Object signature =
          type("FunctionDescriptor")
              .getMethod("of", layout, arguments.getClass())
              .invoke(null, constant("ValueLayout", "JAVA_INT"), arguments);
      Object noOptions = Array.newInstance(type("Linker$Option"), 0);
      MethodHandle call =
          (MethodHandle)
              linkerType
                  .getMethod(
                      "downcallHandle", segment, type("FunctionDescriptor"), noOptions.getClass())
                  .invoke(linker, address.orElseThrow(), signature, noOptions);
      return new CLibrary(
          arenaType.getMethod("ofAuto").invoke(null),
          arenaType.getMethod("allocate", long.class),
          constant("MemorySegment", "NULL"),
          call);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName("java.lang.foreign." + name);
    }

    private static Object constant(String type, String name) throws ReflectiveOperationException {
      return type(type).getField(name).get(null);
    }

    Object allocate(long bytes) throws ReflectiveOperationException {
      return allocation.invoke(arena, bytes);
    }

    int sigaction(int signal, Object action, Object old) throws Throwable {
      return (int) sigaction.invokeWithArguments(signal, action, old);
    }
  }
}
