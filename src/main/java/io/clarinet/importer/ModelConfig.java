package io.clarinet.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands beside a model's file in {@code config.json} and {@code preprocessor_config.json}, as
 * timm and Hugging Face's transformers publish them: architecture, preprocessing and labels.
 *
 * @param architecture timm's word for it, or the zoo's for what transformers describe, else their
 *     {@code model_type}; empty if there is none
 * @param metadata labels and preprocessing, under the keys that models' own metadata have
 */
public record ModelConfig(String architecture, Map<String, String> metadata) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelConfig.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final ModelConfig NONE = new ModelConfig("", Map.of());

  /** timm keeps what training needs not in an object of its own, or does not. */
  private static final List<String> TIMM = List.of("pretrained_cfg.", "default_cfg.", "");

  private static final List<String> PICTURES =
      List.of("mean", "std", "input_size", "crop_pct", "interpolation");

  /** The names that transformers makes up for classes without any. */
  private static final String UNNAMED = "LABEL_\\d+";

  public ModelConfig {
    metadata = Map.copyOf(metadata);
  }

  /** The tensors with what the configuration beside their file says, where there is one. */
  public static StateDictionary completed(StateDictionary file) {
    ModelConfig config = beside(file.file());
    Map<String, String> metadata = new HashMap<>(config.metadata);
    ArchitectureNames.find(config.architecture)
        .ifPresent(known -> metadata.put("architecture", known.name()));
    metadata.putAll(file.metadata());
    return new StateDictionary(file.file(), file.tensors(), metadata);
  }

  /** The configuration in a folder; empty where there is none, or none of a model. */
  public static ModelConfig in(Path folder) {
    return beside(folder.resolve("model"));
  }

  private static ModelConfig beside(Path model) {
    Map<String, List<String>> config = read(model.resolveSibling("config.json"));
    String timm = first(config, "architecture");
    String type = first(config, "model_type");
    if (timm.isEmpty() && type.isEmpty()) {
      return NONE;
    }
    Map<String, String> metadata = new HashMap<>();
    PictureConfig.preprocess(read(model.resolveSibling("preprocessor_config.json")))
        .ifPresent(text -> metadata.put("preprocess", text));
    if (metadata.isEmpty()) {
      PICTURES.forEach(key -> timm(config, key, metadata));
    }
    List<String> labels = labels(config);
    if (!labels.isEmpty()) {
      metadata.put("labels", array(labels));
    }
    String name = timm.isEmpty() ? TransformersConfig.architecture(config).orElse(type) : timm;
    return new ModelConfig(name, metadata);
  }

  private static void timm(
      Map<String, List<String>> config, String key, Map<String, String> metadata) {
    TIMM.stream()
        .map(part -> config.getOrDefault(part + key, List.of()))
        .filter(values -> !values.isEmpty())
        .findFirst()
        .ifPresent(values -> metadata.put(key, String.join(",", values)));
  }

  private static List<String> labels(Map<String, List<String>> config) {
    List<String> names =
        TIMM.stream()
            .map(part -> config.getOrDefault(part + "label_names", List.of()))
            .filter(values -> !values.isEmpty())
            .findFirst()
            .orElseGet(() -> numbered(config));
    return names.stream().allMatch(name -> name.matches(UNNAMED)) ? List.of() : names;
  }

  /** The object {@code id2label}, from 0 on without a gap. */
  private static List<String> numbered(Map<String, List<String>> config) {
    List<String> names = new ArrayList<>();
    Stream.iterate(0, i -> i + 1)
        .map(i -> config.get("id2label." + i))
        .takeWhile(name -> name != null && name.size() == 1)
        .forEach(name -> names.add(name.get(0)));
    return names;
  }

  private static String array(List<String> names) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeArray(names.toArray(String[]::new), 0, names.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String first(Map<String, List<String>> config, String key) {
    return config.getOrDefault(key, List.of("")).stream().findFirst().orElse("");
  }

  private static Map<String, List<String>> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      return FlatJson.read(file);
    } catch (IOException e) {
      LOG.warn("{}: passed over: {}", file, e.getMessage());
      return Map.of();
    }
  }

  /**
   * Whether a file of weights alone may be tried: the configuration names a network of the zoo, or
   * none at all.
   */
  public boolean fitsTheZoo() {
    return architecture.isEmpty() || ArchitectureNames.find(architecture).isPresent();
  }
}
