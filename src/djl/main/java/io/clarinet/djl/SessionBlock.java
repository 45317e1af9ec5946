package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.clarinet.Session;
import io.clarinet.graph.Input;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session as a block. */
final class SessionBlock extends AbstractSymbolBlock implements AutoCloseable {
  private final Session session;

  /** Takes ownership of the session. */
  SessionBlock(Session session) {
    this.session = session;
    List<Input> inputs = session.inputs();
    inputNames = inputs.stream().map(Input::name).toList();
    inputShapes = inputs.stream().map(SessionBlock::shape).toArray(Shape[]::new);
  }

  private static Shape shape(Input input) {
    return new Shape(input.dims().stream().mapToLong(Integer::longValue).toArray());
  }

  /** Weights stay inside: they are packed for their device. */
  @Override
  public ParameterList getDirectParameters() {
    return new ParameterList();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList arrays,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    if (training) {
      throw Refusal.of("Block.forward for training", "train elsewhere, and load what came out");
    }
    HostManager manager = manager(parameters, arrays);
    List<Tensor> outputs = run(arrays.stream().map(HostArray::tensorOf).toList());
    NDList answer = new NDList(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      NDArray array = manager.array(outputs.get(i));
      array.setName(session.outputs().get(i));
      answer.add(array);
    }
    return answer;
  }

  /** Outputs end as the inputs do, with the prediction that they are of. */
  private static HostManager manager(ParameterStore parameters, NDList arrays) {
    NDManager inputs = arrays.isEmpty() ? null : arrays.head().getManager();
    return inputs instanceof HostManager own ? own : (HostManager) parameters.getManager();
  }

  List<Tensor> run(List<Tensor> inputs) {
    requireBatch(inputs);
    return session.run(inputs);
  }

  /** What else may be wrong with inputs the session says itself. */
  private void requireBatch(List<Tensor> inputs) {
    for (int i = 0; i < Math.min(inputs.size(), session.inputs().size()); i++) {
      Input input = session.inputs().get(i);
      io.clarinet.tensor.Shape shape = inputs.get(i).shape();
      if (shape.rank() == 0 || input.dims().size() != shape.rank()) {
        continue;
      }
      int batch = input.dims().get(0);
      if (batch != Input.UNKNOWN && batch != shape.n() && input.accepts(shape.with(0, batch))) {
        throw new IllegalArgumentException(
            "%s takes %d at a time, not %d; Criteria.optOption(\"anyBatch\", \"true\") opens that"
                .formatted(input.name(), batch, shape.n()));
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
