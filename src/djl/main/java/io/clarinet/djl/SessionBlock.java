package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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

/** A session as a block: arrays in, arrays of the calling predictor's manager out. */
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
    HostManager manager = (HostManager) parameters.getManager();
    List<Tensor> outputs = session.run(arrays.stream().map(HostArray::tensorOf).toList());
    NDList answer = new NDList(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      NDArray array = manager.array(outputs.get(i));
      array.setName(session.outputs().get(i));
      answer.add(array);
    }
    return answer;
  }

  @Override
  public void close() {
    session.close();
  }
}
