package io.clarinet.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value's type and shape, and its elements where they are known before anything runs.
 *
 * @param constant the value itself where it is known, else null
 */
public record Fact(ElementType type, Shape shape, @Nullable Constant constant) {
  /** Paddings before and after each axis are the most that an operator is told. */
  private static final int MAX_PARAMETERS = 128;

  /** A float32 value of the given shape, elements unknown. */
  public static Fact of(Shape shape) {
    return new Fact(ElementType.FLOAT32, shape, null);
  }

  /** A value of the given type and shape, elements unknown. */
  public static Fact of(ElementType type, Shape shape) {
    return new Fact(type, shape, null);
  }

  /** A value that is known. */
  public static Fact of(Constant constant) {
    return new Fact(constant.type(), constant.shape(), constant);
  }

  /** Whether the elements are known. */
  public boolean isConstant() {
    return constant != null;
  }

  /**
   * Returns if all values are float32, as operators that only compute with them need.
   *
   * @throws IllegalArgumentException saying which is not
   */
  public static void requireFloat32(List<Fact> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type() != ElementType.FLOAT32) {
        throw new IllegalArgumentException(
            "input " + i + " is " + inputs.get(i).type() + ", not " + ElementType.FLOAT32);
      }
    }
  }

  /**
   * The constant's elements.
   *
   * @throws UnknownValueException if the value is not known; {@code role} names it
   * @throws IllegalArgumentException if there are more than any operator is told
   */
  public Tensor required(String role) {
    return required(role, MAX_PARAMETERS);
  }

  /** {@link #required(String)} of at most so many elements. */
  public Tensor required(String role, int atMost) {
    if (constant == null) {
      throw new UnknownValueException(role + " must be a constant");
    }
    if (shape.size() > atMost) {
      throw new IllegalArgumentException(role + " would be " + shape.size() + " numbers");
    }
    return constant.tensor();
  }

  @Override
  public String toString() {
    return type + " " + shape + (constant == null ? "" : " constant");
  }
}
