package io.clarinet.importer.keras;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as its JSON describes it.
 *
 * @param layers in the file's order
 * @param inputs the tensors that it takes, each made by an input layer
 * @param outputs the tensors that it gives
 */
record NetworkConfig(
    String name, List<LayerSpec> layers, List<TensorRef> inputs, List<TensorRef> outputs) {

  NetworkConfig {
    layers = List.copyOf(layers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A reference to a result of a layer's call.
   *
   * @param call which of the layer's calls
   * @param tensor which of the call's results
   */
  record TensorRef(String layer, int call, int tensor) {}

  /**
   * One use of a layer.
   *
   * @param training whether the model asks for what the layer does in training
   */
  record Call(List<TensorRef> inputs, boolean training) {
    Call {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A layer.
   *
   * @param kind its class, as Keras 2 calls it
   * @param nested the network that it is, or null
   */
  record LayerSpec(
      String name,
      String kind,
      LayerConfig config,
      @Nullable NetworkConfig nested,
      List<Call> calls) {
    LayerSpec {
      calls = List.copyOf(calls);
    }
  }
}
