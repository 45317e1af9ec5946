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
  static final Object NULL = new Object();

  private static final int MAX_DEPTH = 100;
  private static final int MAX_VALUES = 1 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonParser parser;
  private int values;

  private Json(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException if the text is not sound, or no object, or too large
   */
  static Map<?, ?> object(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      if (new Json(parser).value() instanceof Map<?, ?> object) {
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
    if (++values > MAX_VALUES) {
      throw new IllegalArgumentException("the JSON has more than " + MAX_VALUES + " values");
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
