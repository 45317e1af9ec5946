package io.clarinet.importer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code config.json} that timm publishes beside a file of weights: architecture, preprocessing
 * and label names, the preprocessing in an object of its own ({@code pretrained_cfg}) or not.
 */
public final class TimmConfig {
  private static final Logger LOG = LoggerFactory.getLogger(TimmConfig.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_BYTES = 4 << 20;
  private static final Set<String> OBJECTS = Set.of("pretrained_cfg", "default_cfg");
  private static final Set<String> WANTED =
      Set.of("architecture", "mean", "std", "input_size", "crop_pct", "label_names");

  private final Map<String, String> values = new HashMap<>();

  private TimmConfig() {}

  /** The tensors with what the configuration beside their file says, where there is one. */
  public static StateDictionary completed(StateDictionary file) {
    Path config = file.file().resolveSibling("config.json");
    if (!Files.isRegularFile(config)) {
      return file;
    }
    Map<String, String> metadata = new HashMap<>(read(config));
    metadata.putAll(file.metadata());
    return new StateDictionary(file.file(), file.tensors(), metadata);
  }

  private static Map<String, String> read(Path config) {
    TimmConfig found = new TimmConfig();
    try (InputStream in = Files.newInputStream(config);
        JsonParser json = JSON.createParser(in.readNBytes(MAX_BYTES))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        found.object(json);
      }
    } catch (JacksonException e) {
      LOG.warn("{}: passed over: {}", config, e.getOriginalMessage());
      return Map.of();
    } catch (IOException e) {
      LOG.warn("{}: passed over: {}", config, e.getMessage());
      return Map.of();
    }
    String architecture = found.values.get("architecture");
    if (architecture == null) {
      return Map.of();
    }
    if (Zoo.find(architecture).isEmpty()) {
      found.values.remove("architecture");
    }
    return found.values;
  }

  private void object(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (OBJECTS.contains(key) && value == JsonToken.START_OBJECT) {
        object(json);
      } else if (!WANTED.contains(key)) {
        json.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        values.put(key, String.join("\n", array(json)));
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        values.put(key, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private static List<String> array(JsonParser json) throws IOException {
    List<String> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isScalarValue()) {
        throw new IOException("a list of something else than names and numbers");
      }
      items.add(json.getText().replace('\n', ' '));
    }
    return items;
  }
}
