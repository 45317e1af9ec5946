package io.clarinet.importer.keras;

import io.clarinet.graph.Input;
import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a network's calls in an order in which they can run. */
final class NetworkImport {
  private final KerasTranslation to;
  private final KerasRules rules;

  NetworkImport(KerasTranslation to, KerasRules rules) {
    this.to = to;
    this.rules = rules;
  }

  /** What a call gives. */
  private record Made(String layer, int call) {
    static Made of(TensorRef result) {
      return new Made(result.layer(), result.call());
    }
  }

  /** A call that waits for its inputs. */
  private record Pending(LayerSpec layer, int index) {
    Call call() {
      return layer.calls().get(index);
    }

    /** The name of the call's last node. */
    String name(String prefix) {
      return prefix + layer.name() + (index == 0 ? "" : "_" + index);
    }

    Made made() {
      return new Made(layer.name(), index);
    }
  }

  /**
   * The outputs of a network.
   *
   * @param prefix prefix of its nodes' names
   * @param bound values for its inputs; empty declares inputs of the graph
   * @param weights the weights of its layers
   */
  List<Value> run(
      NetworkConfig network,
      String prefix,
      List<Value> bound,
      boolean training,
      LayerWeights weights) {
    Map<Made, List<Value>> values = new HashMap<>();
    bind(network, bound, values);
    List<Pending> calls = order(network);
    to.reserve(calls.stream().map(call -> call.name(prefix)).toList());
    for (Pending each : calls) {
      if (!values.containsKey(each.made())) {
        values.put(each.made(), call(each, prefix, values, training, weights));
      }
    }
    return network.outputs().stream().map(output -> value(values, output)).toList();
  }

  private static Value value(Map<Made, List<Value>> values, TensorRef wanted) {
    List<Value> made = values.getOrDefault(Made.of(wanted), List.of());
    if (wanted.tensor() >= made.size()) {
      throw new IllegalArgumentException(
          "nothing makes tensor " + wanted.tensor() + " of layer \"" + wanted.layer() + "\"");
    }
    return made.get(wanted.tensor());
  }

  private void bind(NetworkConfig network, List<Value> bound, Map<Made, List<Value>> values) {
    if (!bound.isEmpty() && bound.size() != network.inputs().size()) {
      throw new IllegalArgumentException(
          "it takes " + network.inputs().size() + " inputs, not " + bound.size());
    }
    for (int i = 0; i < bound.size(); i++) {
      values.put(Made.of(network.inputs().get(i)), List.of(bound.get(i)));
    }
    if (bound.isEmpty()) {
      Map<String, LayerSpec> layers = network.byName();
      for (TensorRef input : network.inputs()) {
        values.put(Made.of(input), List.of(declare(layers.get(input.layer()))));
      }
    }
  }

  private Value declare(@Nullable LayerSpec layer) {
    if (layer == null) {
      throw new IllegalArgumentException("an input of the model is of no layer");
    }
    LayerConfig config = layer.config();
    Object shape = config.get(config.has("batch_shape") ? "batch_shape" : "batch_input_shape");
    if (!(shape instanceof List<?> extents) || extents.size() < 2) {
      throw new IllegalArgumentException(
          "the model does not say its input's shape; call it once before it is saved");
    }
    List<Integer> dims = new ArrayList<>();
    for (Object extent : extents) {
      boolean known = extent instanceof Long number && number > 0 && number <= Integer.MAX_VALUE;
      dims.add(known ? ((Long) extent).intValue() : Input.UNKNOWN);
    }
    return to.input(layer.name(), dims, String.valueOf(config.get("dtype")));
  }

  /** Every call after those that it reads. */
  private static List<Pending> order(NetworkConfig network) {
    Map<Made, List<Pending>> readers = new HashMap<>();
    IdentityHashMap<Pending, Integer> missing = new IdentityHashMap<>();
    Deque<Pending> ready = new ArrayDeque<>();
    for (LayerSpec layer : network.layers()) {
      for (int i = 0; i < layer.calls().size(); i++) {
        Pending pending = new Pending(layer, i);
        List<TensorRef> inputs = pending.call().inputs();
        for (TensorRef ref : inputs) {
          readers.computeIfAbsent(Made.of(ref), made -> new ArrayList<>()).add(pending);
        }
        missing.put(pending, inputs.size());
        if (inputs.isEmpty()) {
          ready.add(pending);
        }
      }
    }
    List<Pending> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      Pending next = ready.remove();
      order.add(next);
      for (Pending reader : readers.getOrDefault(next.made(), List.of())) {
        if (missing.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    return order;
  }

  private List<Value> call(
      Pending pending,
      String prefix,
      Map<Made, List<Value>> values,
      boolean training,
      LayerWeights weights) {
    LayerSpec spec = pending.layer();
    CallArguments arguments = CallArguments.of(pending.call(), ref -> value(values, ref));
    boolean trains = training || pending.call().training();
    String unique = pending.name(prefix);
    to.begin(unique);
    try {
      NetworkConfig nested = spec.nested();
      LayerWeights own = weights.ofLayer(spec);
      if (nested != null) {
        return run(nested, unique + "/", arguments.tensors(), trains, own);
      }
      LayerTranslator translator = KerasLayers.find(spec.kind());
      if (translator == null) {
        throw new UnsupportedOperationException("this kind of layer");
      }
      if (spec.config().isQuantised()) {
        throw new UnsupportedOperationException("a layer whose weights are quantised");
      }
      return List.of(
          translator.translate(
              new KerasLayer(prefix, unique, spec, own, arguments, trains, rules, to)));
    } catch (LayerFault e) {
      throw e;
    } catch (UnsupportedOperationException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw new LayerFault(spec, e);
    }
  }

  /** A fault of a layer. */
  static final class LayerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient LayerSpec layer;

    LayerFault(LayerSpec layer, RuntimeException cause) {
      super(cause.getMessage(), cause);
      this.layer = layer;
    }

    LayerSpec layer() {
      return layer;
    }

    boolean isUnsupported() {
      return getCause() instanceof UnsupportedOperationException;
    }
  }
}
