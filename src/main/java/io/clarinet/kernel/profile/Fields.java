package io.clarinet.kernel.profile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.clarinet.file.NearNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A JSON object whose members are asked for one by one, each of a type and in a range. */
final class Fields {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final int MAX_DEPTH = 4;

  /** What leads to this object, a point after each key. */
  private final String path;

  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Set<String> read = new LinkedHashSet<>();

  private Fields(String path) {
    this.path = path;
  }

  /** The object that a text is. */
  static Fields parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no device profile: not a JSON object");
      }
      Fields fields = object(parser, "", 1);
      if (parser.nextToken() != null) {
        throw new IOException("it goes on behind its end");
      }
      return fields;
    } catch (JacksonException e) {
      throw new IOException("it is not sound JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Fields object(JsonParser parser, String path, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("it is nested too deep at \"" + path + "\"");
    }
    Fields fields = new Fields(path);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      fields.members.put(key, value(parser, parser.nextToken(), path + key, depth));
    }
    return fields;
  }

  private static Object value(JsonParser parser, JsonToken token, String path, int depth)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser, path + ".", depth + 1);
      case START_ARRAY -> texts(parser, path);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> throw new IOException("\"" + path + "\" is null");
    };
  }

  private static List<String> texts(JsonParser parser, String path) throws IOException {
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw new IOException("\"" + path + "\" holds something else than texts");
      }
      texts.add(parser.getText());
    }
    return texts;
  }

  private <T> T member(String key, Class<T> type, String what) throws IOException {
    read.add(key);
    Object value = members.get(key);
    if (value == null) {
      throw new IOException("\"" + path + key + "\" is missing");
    }
    if (!type.isInstance(value)) {
      throw new IOException("\"" + path + key + "\" is not " + what);
    }
    return type.cast(value);
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  Fields section(String key) throws IOException {
    return member(key, Fields.class, "an object");
  }

  /** A text that is not empty. */
  String text(String key) throws IOException {
    String text = member(key, String.class, "a text");
    if (text.isBlank()) {
      throw new IOException("\"" + path + key + "\" is empty");
    }
    return text;
  }

  /** All members of this object, each a text. */
  Map<String, String> texts() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : members.keySet()) {
      texts.put(key, text(key));
    }
    return texts;
  }

  /** A list of texts. */
  List<String> list(String key) throws IOException {
    List<String> list = new ArrayList<>();
    for (Object text : member(key, List.class, "a list of texts")) {
      list.add((String) text);
    }
    return list;
  }

  boolean flag(String key) throws IOException {
    return member(key, Boolean.class, "true or false");
  }

  /** One of an enum's constants, in small letters. */
  <E extends Enum<E>> E word(String key, Class<E> type) throws IOException {
    String text = text(key);
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return constant;
      }
      words.add(word);
    }
    throw new IOException("\"" + path + key + "\" is \"" + text + "\", not one of " + words);
  }

  int count(String key, int least, int most) throws IOException {
    return (int) size(key, least, most);
  }

  /** A whole number in a range. */
  long size(String key, long least, long most) throws IOException {
    long value = member(key, Long.class, "a whole number");
    if (value < least || value > most) {
      throw new IOException(
          "\"" + path + key + "\" is " + value + ", not from " + least + " to " + most);
    }
    return value;
  }

  /** A number in a range. */
  double number(String key, double least, double most) throws IOException {
    double value = member(key, Number.class, "a number").doubleValue();
    if (!(value >= least && value <= most)) {
      throw new IOException(
          "\"" + path + key + "\" is " + value + ", not from " + least + " to " + most);
    }
    return value;
  }

  /** Returns if nothing is here that was not asked for. */
  void requireAllRead() throws IOException {
    for (Map.Entry<String, Object> member : members.entrySet()) {
      String key = member.getKey();
      if (!read.contains(key)) {
        throw new IOException("\"" + path + key + "\" is not known" + NearNames.text(key, read));
      }
      if (member.getValue() instanceof Fields section) {
        section.requireAllRead();
      }
    }
  }
}
