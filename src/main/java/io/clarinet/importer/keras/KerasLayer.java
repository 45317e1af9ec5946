package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.op.Op;
import io.clarinet.tensor.Constant;
import java.util.List;
import java.util.function.Function;

/**
 * One call of a layer on its way to nodes.
 *
 * @param prefix prefix of the layer's own name, one for each nested network
 * @param name of the call; its last node is named so
 * @param training whether the model asks for what the layer does in training
 * @param rules rules of the version of Keras
 */
record KerasLayer(
    String prefix,
    String name,
    LayerSpec spec,
    LayerWeights weights,
    CallArguments arguments,
    boolean training,
    KerasRules rules,
    KerasTranslation to) {

  LayerConfig config() {
    return spec.config();
  }

  String kind() {
    return spec.kind();
  }

  /** The inputs, of a layer that takes tensors only. */
  List<Value> inputs() {
    return arguments.tensors();
  }

  /**
   * The only input.
   *
   * @throws IllegalArgumentException if there are none or several
   */
  Value input() {
    List<Value> inputs = inputs();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("it has " + inputs.size() + " inputs instead of one");
    }
    return inputs.get(0);
  }

  /** Whether the model's channels are its last axis. */
  boolean channelsLast() {
    return !config().text("data_format", "channels_last").equals("channels_first");
  }

  /** The input with channels second in the graph, wherever they are in the model. */
  Value image() {
    return channelsLast() ? to.moved(input()) : to.plain(input());
  }

  /**
   * @throws UnsupportedOperationException naming {@code otherwise}, unless {@code holds}
   */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new UnsupportedOperationException(otherwise);
    }
  }

  /** Adds a weight to the graph, in the order that the graph wants. Returns its name. */
  String weight(String role, Function<Constant, Constant> order, String... otherRoles) {
    String[] roles = new String[otherRoles.length + 1];
    roles[0] = role;
    System.arraycopy(otherRoles, 0, roles, 1, otherRoles.length);
    return to.constant(
        new KerasTranslation.Owned(prefix, spec.name(), role), order.apply(weights.get(roles)));
  }

  /** Adds a constant that belongs to this call. Returns its name. */
  String constant(String role, Constant value) {
    return to.constant(new KerasTranslation.Owned("", name, role), value);
  }

  /** Adds the layer's node and its activation, the last of them named like the layer. */
  Value activated(Op op, Value like, List<String> inputNames) {
    Object activation = config().get("activation");
    if (KerasActivations.isLinear(activation)) {
      return to.add(name, op, like.moved(), inputNames);
    }
    Value linear = to.add(name + "/linear", op, like.moved(), inputNames);
    return KerasActivations.apply(this, linear, activation);
  }

  /** Adds the layer's only node, in the form of a value and reading it. */
  Value only(Op op, Value x, String... otherInputs) {
    return to.add(name, op, x, otherInputs);
  }
}
