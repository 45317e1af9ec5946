package io.clarinet.classify;

import io.clarinet.graph.Input;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;

/** Prepared pictures as elements of the type that a network takes. */
public final class PictureElements {
  private static final int SAMPLES = 256;

  private final ElementType type;

  private PictureElements(ElementType type) {
    this.type = type;
  }

  /**
   * The elements of a picture input.
   *
   * @throws IllegalArgumentException if the input takes integers and the preprocessing makes of
   *     samples what is beyond these, or many samples the same one
   */
  public static PictureElements of(Input input, Preprocess preprocess) {
    for (int c = 0; c < preprocess.mean().size() && !input.type().isFloatingPoint(); c++) {
      double black = -preprocess.mean().get(c) / preprocess.std().get(c);
      double white = black + preprocess.range() / preprocess.std().get(c);
      if (!holds(input.type(), black)
          || !holds(input.type(), white)
          || white - black < SAMPLES - 1) {
        throw new IllegalArgumentException(
            "input %s takes integers, and \"%s\" makes %.3g to %.3g of a picture; \"none\" leaves it 0 to 255"
                .formatted(input, preprocess, black, white));
      }
    }
    return new PictureElements(input.type());
  }

  private static boolean holds(ElementType type, double value) {
    double values = Math.scalb(1.0, type.bits());
    double least = type.isSigned() ? -values / 2 : 0;
    return value > least - 0.5 && value < least + values - 0.5;
  }

  /** Pictures as such elements, the nearest. */
  public Tensor of(Tensor pictures) {
    if (type.isFloatingPoint()) {
      return pictures.as(type);
    }
    Tensor integers = Tensor.zeros(type, pictures.shape());
    for (long i = 0; i < pictures.shape().size(); i++) {
      integers.set(i, (long) Math.rint(pictures.doubleAt(i)));
    }
    return integers;
  }
}
