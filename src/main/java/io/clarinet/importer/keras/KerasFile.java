package io.clarinet.importer.keras;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.hdf5.Hdf5File;
import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keras models in HDF5 files (Keras 1.1 to 2.x, and the legacy format of Keras 3). */
public final class KerasFile {
  private static final String REMEDY =
      "; leave it out of the model that you save, or convert the model to ONNX";

  private final Path file;
  private final Limits limits;
  private long bytes;

  private KerasFile(Path file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * The model's graph: inputs and outputs as the model has them, channels last where it has them
   * so, and images in between with channels second. Weights are views of the mapped file.
   *
   * @throws ModelFormatException if the file is broken, too large or not supported
   */
  public static Graph read(Path file, ImportOptions options) {
    return new KerasFile(file, options.limits()).graph();
  }

  private Graph graph() {
    Hdf5Group root = Hdf5File.open(file);
    String json = root.text("model_config");
    if (json == null) {
      throw ModelFormatException.unsupported(
          file, "it holds no model_config, so nothing says which network it is", List.of());
    }
    try {
      NetworkConfig network = NetworkReader.read(Json.object(json));
      requireKnownLayers(network);
      return graph(network, root);
    } catch (NetworkImport.LayerFault e) {
      throw fault(e);
    } catch (UnsupportedOperationException e) {
      throw ModelFormatException.unsupported(file, e.getMessage() + " is not supported", List.of());
    } catch (GraphException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  private Graph graph(NetworkConfig network, Hdf5Group root) {
    Hdf5Group saved = root.group("model_weights");
    Hdf5Group weights = saved == null ? root : saved;
    KerasRules rules = KerasRules.of(root.text("keras_version"));
    Translation translation = new Translation(network.name());
    List<Value> outputs =
        new NetworkImport(translation, rules)
            .run(
                network,
                "",
                List.of(),
                false,
                layer -> LayerWeights.of(weights.group(layer), this::counted));
    return translation.finish(outputs, Map.of("format", "keras"));
  }

  private Constant counted(Constant weight) {
    bytes = Math.addExact(bytes, Math.multiplyExact(4, weight.shape().size()));
    limits.require(file, bytes);
    return weight;
  }

  private void requireKnownLayers(NetworkConfig network) {
    List<LayerSpec> unknown = new ArrayList<>();
    collectUnknown(network, unknown);
    if (unknown.isEmpty()) {
      return;
    }
    LayerSpec first = unknown.get(0);
    List<String> kinds = unknown.stream().map(LayerSpec::kind).distinct().toList();
    throw ModelFormatException.unsupported(
        file,
        "layer \"%s\" is a %s%s, which is not supported%s"
            .formatted(
                first.name(),
                first.kind(),
                kinds.size() == 1
                    ? ""
                    : " (others: " + String.join(", ", kinds.subList(1, kinds.size())) + ")",
                REMEDY),
        kinds);
  }

  private static void collectUnknown(NetworkConfig network, List<LayerSpec> unknown) {
    for (LayerSpec layer : network.layers()) {
      @Nullable NetworkConfig nested = layer.nested();
      if (nested != null) {
        collectUnknown(nested, unknown);
      } else if (!layer.kind().equals("InputLayer") && Layers.find(layer.kind()) == null) {
        unknown.add(layer);
      }
    }
  }

  private ModelFormatException fault(NetworkImport.LayerFault e) {
    LayerSpec layer = e.layer();
    if (e.isUnsupported()) {
      return ModelFormatException.unsupported(
          file,
          "layer \"%s\" (%s): %s is not supported%s"
              .formatted(layer.name(), layer.kind(), e.getMessage(), REMEDY),
          List.of(layer.kind()));
    }
    String reason = "layer \"%s\" (%s): %s".formatted(layer.name(), layer.kind(), e.getMessage());
    return ModelFormatException.invalid(file, reason, Objects.requireNonNull(e.getCause()));
  }
}
