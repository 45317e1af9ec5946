package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * One value everywhere (ONNX ConstantOfShape). Input: the shape (an integer constant), so that the
 * result is known before anything runs; it stays one number however large the shape.
 */
public record Fill(ElementType type, double value) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape shape = Shape.of(inputs.get(0).required("the shape").toLongArray());
    return List.of(Fact.of(new Splat(type, shape, value)));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      outputs.get(0).set(i, value);
    }
  }
}
