package io.clarinet.op;

import io.clarinet.tensor.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a convolution or dense layer, applied to its sums before they are stored: a bias
 * added, a residual added, an activation, in this order.
 *
 * @param bias whether input 2 is a bias, one element an output channel
 * @param residual whether the last input is a residual of the output's shape
 * @param activation the function, or null for none
 */
public record Epilogue(boolean bias, boolean residual, @Nullable Unary activation) {
  public static final Epilogue NONE = new Epilogue(false, false, null);
  public static final Epilogue BIAS = new Epilogue(true, false, null);

  public Epilogue withBias() {
    return new Epilogue(true, residual, activation);
  }

  public Epilogue withResidual() {
    return new Epilogue(bias, true, activation);
  }

  public Epilogue with(Unary function) {
    return new Epilogue(bias, residual, function);
  }

  /** Index of the residual among the inputs; meaningful only if there is one. */
  public int residualIndex() {
    return bias ? 3 : 2;
  }

  /** {@link Op#keepsItemsApart} for x, weights and the epilogue's inputs. */
  boolean keepsItemsApart(List<Fact> inputs) {
    return Items.onlyOfFirst(inputs.subList(0, residualIndex()))
        && !(residual && inputs.get(residualIndex()).isConstant());
  }

  /** The finished element, in double. */
  public double apply(double sum, double biasValue, double residualValue) {
    double v = sum + biasValue + residualValue;
    return activation == null ? v : activation.apply(v);
  }
}
