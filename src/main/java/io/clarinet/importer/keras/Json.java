package io.clarinet.importer.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON text as Java objects: {@link Map}, {@link List}, {@link String}, {@link Number}, {@link
 * Boolean}, and {@link #NULL}. The number of values is bounded.
 */
final class Json {
  /** Stands for {@code null}. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final int MAX_DEPTH = 100;
  private static final int MAX_VALUES = 1 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /** Values that a text in a small file may hold, several times those of the largest networks. */
  private static final int LEAST_VALUES = 1 << 18;

  private final JsonParser parser;
  private int left;

  private Json(JsonParser parser, int most) {
    this.parser = parser;
    this.left = most;
  }

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException if the text is not sound, or no object, or too large
   */
  static Map<?, ?> object(String text) {
    return read(text, MAX_VALUES);
  }

  /**
   * The object that a text holds that was unpacked.
   *
   * @param fileBytes of the file, by which the number of values is bounded
   * @throws IllegalArgumentException if the text is not sound, or no object, or too large
   */
  static Map<?, ?> object(String text, int fileBytes) {
    return read(text, Math.min(MAX_VALUES, Math.max(LEAST_VALUES, fileBytes / 8)));
  }

  private static Map<?, ?> read(String text, int most) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      if (new Json(parser, most).value() instanceof Map<?, ?> object) {
        return object;
      }
      throw new IllegalArgumentException("the JSON is no object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the JSON is not sound: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the JSON cannot be read", e);
    }
  }

  private Object value() throws IOException {
    if (--left < 0) {
      throw new IllegalArgumentException("the JSON has more values than any network's");
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("the JSON is empty");
    }
    return switch (token) {
      case START_OBJECT -> members();
      case START_ARRAY -> elements();
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> NULL;
    };
  }

  private Number integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }

  private Map<String, Object> members() throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value());
    }
    return members;
  }

  private List<Object> elements() throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return elements;
  }
}
