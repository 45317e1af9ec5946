package io.clarinet.importer.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** The layers by their names, the first of each. */
  Map<String, LayerSpec> byName() {
    Map<String, LayerSpec> layers = new HashMap<>();
    this.layers.forEach(layer -> layers.putIfAbsent(layer.name(), layer));
    return layers;
  }

  /**
   * A reference to a result of a layer's call.
   *
   * @param call which of the layer's calls
   * @param tensor which of the call's results
   */
  record TensorRef(String layer, int call, int tensor) {}

  /**
   * One use of a layer. An argument is a {@link TensorRef}, a constant as {@link Json} has it, or a
   * list or map of these.
   *
   * @param positional arguments in their order
   * @param named arguments by name
   */
  record Call(List<Object> positional, Map<String, Object> named) {
    Call {
      positional = List.copyOf(positional);
      named = Map.copyOf(named);
    }

    /** A call on tensors alone. */
    static Call on(List<TensorRef> tensors) {
      return new Call(List.copyOf(tensors), Map.of());
    }

    /** The tensors among the arguments, in their order, those by name last. */
    List<TensorRef> inputs() {
      List<TensorRef> all = new ArrayList<>(CallReader.tensors(positional));
      all.addAll(CallReader.tensors(named));
      return all;
    }

    /** Whether the model asks for what the layer does in training. */
    boolean training() {
      return Boolean.TRUE.equals(named.get("training"));
    }
  }

  /**
   * A layer.
   *
   * @param kind its class, as Keras 2 calls it; an operation's begins with {@code keras.ops.}
   * @param variables where Keras 3 keeps its weights
   * @param nested the network that it is, or null
   */
  record LayerSpec(
      String name,
      String kind,
      VariablePath variables,
      LayerConfig config,
      @Nullable NetworkConfig nested,
      List<Call> calls) {
    LayerSpec {
      calls = List.copyOf(calls);
    }

    LayerSpec with(List<Call> others) {
      return new LayerSpec(name, kind, variables, config, nested, others);
    }
  }
}
