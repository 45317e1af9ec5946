package io.clarinet.importer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.clarinet.graph.Graph;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.pytorch.PyTorchFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Weights in several files, as Hugging Face's libraries split them: {@code
 * model-00001-of-00002.safetensors} and so on, and {@code model.safetensors.index.json}, which says
 * in which file each tensor is. The same with {@code .bin} is PyTorch's.
 */
final class ShardIndex {
  private static final String ENDING = ".index.json";
  private static final Pattern SHARD =
      Pattern.compile("(.+)-\\d{5}-of-\\d{5}(\\.safetensors|\\.bin)");
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_BYTES = 16 << 20;

  private final Path index;
  private final Map<String, StateDictionary> shards = new HashMap<>();

  private ShardIndex(Path index) {
    this.index = index;
  }

  /**
   * The index that a file is, or that belongs to it.
   *
   * @throws ModelFormatException if the file is one of several, and their index is not beside it
   */
  static Optional<Path> of(Path file) {
    String name = file.getFileName().toString();
    Matcher shard = SHARD.matcher(name);
    if (name.endsWith(ENDING)) {
      return Optional.of(file);
    }
    if (!shard.matches()) {
      return Optional.empty();
    }
    Path index = file.resolveSibling(shard.group(1) + shard.group(2) + ENDING);
    if (!Files.isRegularFile(index)) {
      throw new ModelFormatException(
          Kind.INVALID,
          file,
          "is one of several files of weights, whose index "
              + index.getFileName()
              + " is not beside it");
    }
    return Optional.of(index);
  }

  /**
   * The graph of the weights, as {@link ZooImport} finds it.
   *
   * @throws ModelFormatException if the index or a file is missing or unsound
   */
  static Graph read(Path index, ImportOptions options) {
    ShardIndex reading = new ShardIndex(index);
    Map<String, Constant> tensors = new LinkedHashMap<>();
    reading.weightMap().forEach((name, file) -> tensors.put(name, reading.tensor(name, file)));
    Map<String, String> metadata = new HashMap<>();
    reading.shards.values().forEach(shard -> metadata.putAll(shard.metadata()));
    StateDictionary all = new StateDictionary(index, tensors, metadata);
    return ZooImport.read(ModelConfig.completed(all), options);
  }

  private Constant tensor(String name, String file) {
    Constant tensor = shards.computeIfAbsent(file, this::open).tensors().get(name);
    if (tensor == null) {
      throw invalid("\"" + name + "\" is not in " + file + ", where the index says", null);
    }
    return tensor;
  }

  /** Only files beside the index, by plain names. */
  private StateDictionary open(String file) {
    if (!SHARD.matcher(file).matches() || file.contains("/") || file.contains("\\")) {
      throw invalid("\"" + file + "\" is no file of weights beside it", null);
    }
    Path shard = index.resolveSibling(file);
    return file.endsWith(".bin") ? PyTorchFile.open(shard) : SafetensorsImporter.open(shard);
  }

  private Map<String, String> weightMap() {
    Map<String, String> files = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(index);
        JsonParser json = JSON.createParser(in.readNBytes(MAX_BYTES))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = json.currentName().equals("weight_map");
          if (json.nextToken() == JsonToken.START_OBJECT && wanted) {
            entries(json, files);
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JacksonException e) {
      throw invalid("no sound JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw invalid("cannot be read: " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw invalid("no index of weights: it has no \"weight_map\"", null);
    }
    return files;
  }

  private void entries(JsonParser json, Map<String, String> files) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      files.put(name, json.getText());
      StateDictionary.requireFew(index, files.size());
      json.skipChildren();
    }
  }

  private ModelFormatException invalid(String reason, @Nullable Throwable cause) {
    return new ModelFormatException(Kind.INVALID, index, reason, cause);
  }
}
