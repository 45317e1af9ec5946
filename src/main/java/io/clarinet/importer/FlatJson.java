package io.clarinet.importer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small JSON object as a map: the keys of objects within it follow after a point, and each value
 * is a list, of one where it is no array. What is null, or an array of other than scalars, is left
 * out.
 */
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 8;

  private final JsonParser json;
  private final Map<String, List<String>> values = new HashMap<>();

  private FlatJson(JsonParser json) {
    this.json = json;
  }

  /**
   * The object in a file; empty where it is something else.
   *
   * @throws IOException if it cannot be read, or is no JSON
   */
  static Map<String, List<String>> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in.readNBytes(MAX_BYTES))) {
      FlatJson reading = new FlatJson(json);
      if (json.nextToken() == JsonToken.START_OBJECT) {
        reading.object("", MAX_DEPTH);
      }
      return reading.values;
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  private void object(String prefix, int depth) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && depth > 0) {
        object(key + ".", depth - 1);
      } else if (value == JsonToken.START_ARRAY) {
        array(key);
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        values.put(key, List.of(json.getText()));
      } else {
        json.skipChildren();
      }
    }
  }

  private void array(String key) throws IOException {
    List<String> items = new ArrayList<>();
    boolean scalars = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      scalars &= json.currentToken().isScalarValue();
      items.add(json.currentToken().isScalarValue() ? json.getText() : "");
      json.skipChildren();
    }
    if (scalars) {
      values.put(key, items);
    }
  }
}
