package io.clarinet.importer.keras;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Obstacle;
import io.clarinet.importer.Outline;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.ZooImport;
import io.clarinet.importer.hdf5.Hdf5File;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.zip.Archive;
import io.clarinet.tensor.Constant;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keras models: HDF5 files (Keras 1.1 to 2.x, and the legacy format of Keras 3) and the archives of
 * Keras 3, told apart by their first bytes.
 */
public final class KerasFile {
  private static final Logger LOG = LoggerFactory.getLogger(KerasFile.class);
  private static final String TOO_LARGE =
      "a file of Keras's larger than 2 GB is not supported; convert the model to ONNX";

  private final Path file;
  private final ImportOptions options;
  private long bytes;

  private KerasFile(Path file, ImportOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * The model's graph: inputs and outputs as the model has them, channels last where it has them
   * so, and images in between with channels second. Weights are views of the mapped file. A file of
   * weights only, or one read with an architecture named, fills a network of the zoo; weights saved
   * without the dense layers at the end fill it up to its last image.
   *
   * @throws ModelFormatException if the file is broken, too large or not supported
   */
  public static Graph read(Path file, ImportOptions options) {
    return read(file, MappedFile.map(file, TOO_LARGE), options);
  }

  /**
   * As {@link #read(Path, ImportOptions)}, of a file that is in memory, from position to limit.
   *
   * @param name what errors call it
   */
  public static Graph read(Path name, ByteBuffer bytes, ImportOptions options) {
    KerasFile reading = new KerasFile(name, options);
    return reading.graph(reading.saved(bytes));
  }

  /**
   * What the file says of its model, whatever its layers.
   *
   * @throws ModelFormatException if the file is broken
   */
  public static Outline outline(Path file, ImportOptions options) {
    KerasFile reading = new KerasFile(file, options);
    SavedNetwork saved = reading.saved(MappedFile.map(file, TOO_LARGE));
    Map<?, ?> config = saved.config();
    if (config == null || options.architecture() != null) {
      return Outline.of("Keras weights in " + saved.format(), reading.graph(saved));
    }
    return reading.reading(() -> KerasOutline.of(NetworkReader.read(config), saved));
  }

  private SavedNetwork saved(ByteBuffer bytes) {
    return Archive.isOne(bytes)
        ? KerasArchive.read(file, bytes, options.limits())
        : reading(() -> SavedNetwork.of(Hdf5File.of(file, bytes)));
  }

  private Graph graph(SavedNetwork saved) {
    Map<?, ?> config = saved.config();
    if (config == null || options.architecture() != null) {
      return weights(saved);
    }
    return reading(
        () -> {
          NetworkConfig network = NetworkReader.read(config);
          requireKnownLayers(network);
          return graph(network, saved);
        });
  }

  /** What is read, with its faults as this file's. */
  private <T> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (NetworkImport.LayerFault e) {
      throw fault(e);
    } catch (UnsupportedOperationException e) {
      throw ModelFormatException.unsupported(file, e.getMessage() + " is not supported", List.of());
    } catch (GraphException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** The weights in a network of the zoo, up to its last image where its dense layers lack. */
  private Graph weights(SavedNetwork saved) {
    StateDictionary weights = reading(() -> KerasWeights.read(file, saved, options));
    Graph graph;
    try {
      graph =
          ZooImport.readHeadless(weights, options)
              .orElseGet(() -> ZooImport.read(weights, options));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    }
    LOG.info("{}: {} weights read as {}", file, weights.tensors().size(), graph.name());
    return graph;
  }

  private Graph graph(NetworkConfig network, SavedNetwork saved) {
    KerasRules rules = new KerasRules(saved.origin().get("keras"), file, options.norms());
    KerasTranslation translation = new KerasTranslation(network.name());
    List<Value> outputs =
        new NetworkImport(translation, rules)
            .run(network, "", List.of(), false, saved.layers(this::counted));
    return translation.finish(outputs, Map.of("format", "keras"));
  }

  private Constant counted(Constant weight) {
    bytes = Math.addExact(bytes, Math.multiplyExact(4, weight.shape().size()));
    options.limits().require(file, bytes);
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
                "; " + KerasRemedies.of(first.kind())),
        kinds,
        obstacles(unknown));
  }

  private static List<Obstacle> obstacles(List<LayerSpec> unknown) {
    Map<String, List<LayerSpec>> kinds =
        unknown.stream()
            .collect(Collectors.groupingBy(LayerSpec::kind, TreeMap::new, Collectors.toList()));
    return kinds.entrySet().stream()
        .map(
            each ->
                new Obstacle(
                    each.getKey(),
                    each.getValue().size(),
                    "layer \"" + each.getValue().get(0).name() + "\"",
                    KerasRemedies.of(each.getKey())))
        .toList();
  }

  private static void collectUnknown(NetworkConfig network, List<LayerSpec> unknown) {
    for (LayerSpec layer : network.layers()) {
      @Nullable NetworkConfig nested = layer.nested();
      if (nested != null) {
        collectUnknown(nested, unknown);
      } else if (!layer.kind().equals("InputLayer") && KerasLayers.find(layer.kind()) == null) {
        unknown.add(layer);
      }
    }
  }

  private ModelFormatException fault(NetworkImport.LayerFault e) {
    LayerSpec layer = e.layer();
    if (e.isUnsupported()) {
      return ModelFormatException.unsupported(
          file,
          "layer \"%s\" (%s): %s is not supported; %s"
              .formatted(layer.name(), layer.kind(), e.getMessage(), KerasRemedies.ANY),
          List.of(layer.kind()),
          List.of(
              new Obstacle(
                  layer.kind() + " with " + e.getMessage(),
                  1,
                  "layer \"" + layer.name() + "\"",
                  KerasRemedies.ANY)));
    }
    String reason = "layer \"%s\" (%s): %s".formatted(layer.name(), layer.kind(), e.getMessage());
    return ModelFormatException.invalid(file, reason, Objects.requireNonNull(e.getCause()));
  }
}
