package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call of DJL's interfaces works, or throws and names itself. */
class RefusalTest {
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");
  private static final String NAMED =
      "ND\\w+\\.\\w+\\(.*\\).* is not supported by the engine Clarinet: .+";

  /** An argument for each type of a parameter, of an array or of a manager. */
  private static Map<Class<?>, Object> arguments(NDManager manager, NDArray array) {
    Map<Class<?>, Object> arguments = new HashMap<>();
    arguments.put(int.class, 0);
    arguments.put(long.class, 1L);
    arguments.put(float.class, 1f);
    arguments.put(double.class, 1.0);
    arguments.put(boolean.class, false);
    arguments.put(byte.class, (byte) 1);
    arguments.put(Number.class, 1);
    arguments.put(Integer.class, 0);
    arguments.put(String.class, "0");
    arguments.put(int[].class, new int[] {0});
    arguments.put(long[].class, new long[] {1});
    arguments.put(Shape.class, new Shape(1));
    arguments.put(DataType.class, DataType.FLOAT32);
    arguments.put(Device.class, Device.cpu());
    arguments.put(NDManager.class, manager);
    arguments.put(NDArray.class, array);
    arguments.put(NDList.class, new NDList(array, array));
    return arguments;
  }

  @ParameterizedTest
  @ValueSource(classes = {NDArray.class, NDArrayEx.class, NDManager.class})
  void namesTheCall(Class<?> face) {
    Set<String> wrong = new TreeSet<>();
    int refused = 0;
    for (Method call : face.getMethods()) {
      if (Modifier.isStatic(call.getModifiers()) || call.getName().equals("tempAttachInternal")) {
        continue;
      }
      Throwable thrown = thrownBy(face, call);
      if (thrown instanceof UnsupportedOperationException) {
        refused++;
        if (!thrown.getMessage().matches(NAMED)) {
          wrong.add(call + ": " + thrown.getMessage());
        }
      } else if (thrown instanceof AbstractMethodError || thrown instanceof ClassCastException) {
        wrong.add(call + ": " + thrown);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(15);
  }

  /** On arrays of its own: calls close and change them. */
  private static Throwable thrownBy(Class<?> face, Method call) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "Clarinet")) {
      NDArray array = manager.create(new float[] {1, 2, 3});
      Map<Class<?>, Object> known = arguments(manager, array);
      Object target =
          face == NDArray.class
              ? array
              : face == NDArrayEx.class ? array.getNDArrayInternal() : manager.newSubManager();
      call.invoke(target, Arrays.stream(call.getParameterTypes()).map(known::get).toArray());
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallBehindADefaultNamesWhatIsMissing() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "Clarinet")) {
      NDArray array = manager.create(new float[] {1, 2, 3});
      assertThatThrownBy(() -> array.argSort())
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              "NDArray.argSort(int, boolean) is not supported by the engine Clarinet: take the values"
                  + " by toFloatArray() and compute in Java, or have the model compute it");
    }
  }

  /** The page lists what is there, and nothing else. */
  @Test
  void thePageNamesTheCallsThatAreThere() throws Exception {
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("src", "docs", "djl.md"))) {
      if (line.matches("\\| (arithmetic|each element|along axes|places) \\|.*")) {
        WORD.matcher(line).results().forEach(word -> named.add(word.group(1)));
      }
    }
    Set<String> there = new TreeSet<>(List.of("toType", "get", "set", "stack", "concat"));
    for (Class<?> family :
        List.of(
            ArithmeticCalls.class, ElementCalls.class, ReductionCalls.class, ShapeCalls.class)) {
      for (Method call : family.getMethods()) {
        if (call.getDeclaringClass() == family) {
          there.add(call.getName());
        }
      }
    }
    assertThat(named).isEqualTo(there);
  }
}
