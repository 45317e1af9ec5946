package io.clarinet.importer.keras;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that a model uses as it uses layers, in the words of {@code keras.ops}.
 *
 * @param name in snake case
 * @param arguments of its call; a {@link Value}, or a constant as {@link Json} has it
 * @param settings from where the operation was made
 */
record Operation(String name, CallArguments arguments, LayerConfig settings) {
  private static final String[] FIRST = {
    "x",
    "x1",
    "value",
    "values",
    "features",
    "input_tensor",
    "input",
    "tensor",
    "a",
    "images",
    "logits",
    "t",
    "inputs",
    "xs",
    "arrays",
    "params"
  };
  private static final String[] SECOND = {"y", "x2", "bias", "b"};

  /**
   * The first argument.
   *
   * @throws IllegalArgumentException if there is none
   */
  Object first() {
    return required(arguments.at(0, FIRST), "first");
  }

  /** The second argument, of an operation on two. */
  Object second() {
    return required(arguments.at(1, SECOND), "second");
  }

  private static Object required(@Nullable Object argument, String which) {
    if (argument == null) {
      throw new IllegalArgumentException("its " + which + " argument is missing");
    }
    return argument;
  }

  /** An argument or a setting, by its place among the arguments or by its names; null if none. */
  @Nullable Object setting(int place, String... names) {
    Object argument = arguments.at(place, names);
    for (int i = 0; argument == null && i < names.length; i++) {
      argument = settings.get(names[i]);
    }
    return argument;
  }

  /**
   * Whole numbers, of an argument or a setting.
   *
   * @return null if there are none
   */
  @Nullable List<Integer> integers(int place, String... names) {
    Object found = setting(place, names);
    return found == null ? null : of(names[0], found).integers(names[0]);
  }

  int integer(int otherwise, int place, String... names) {
    Object found = setting(place, names);
    return found == null ? otherwise : of(names[0], found).integer(names[0]);
  }

  double real(double otherwise, int place, String... names) {
    Object found = setting(place, names);
    return found == null ? otherwise : of(names[0], found).real(names[0], otherwise);
  }

  boolean flag(boolean otherwise, int place, String... names) {
    Object found = setting(place, names);
    return found == null ? otherwise : of(names[0], found).flag(names[0], otherwise);
  }

  private static LayerConfig of(String name, Object value) {
    if (value instanceof Value) {
      throw new UnsupportedOperationException("a " + name + " that the model computes");
    }
    return new LayerConfig(Map.of(name, value));
  }
}
