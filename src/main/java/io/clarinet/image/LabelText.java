package io.clarinet.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.clarinet.image.ImageException.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the forms in which label files are found. */
final class LabelText {
  private static final Pattern SYNSET = Pattern.compile("n\\d{8}\\s+(.+)");

  /** JSON, and what Python prints for a dictionary or a list. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String file;

  private LabelText(String file) {
    this.file = file;
  }

  static Labels parse(String file, byte[] bytes) throws ImageException {
    return new LabelText(file).parse(bytes);
  }

  static String print(Labels labels) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (String name : labels.names()) {
        json.writeString(name);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private Labels parse(byte[] bytes) throws ImageException {
    String text = decode(bytes).strip();
    if (text.startsWith("\ufeff")) {
      text = text.substring(1).strip();
    }
    if (text.isEmpty()) {
      throw invalid("the file is empty");
    }
    return new Labels(text.startsWith("{") || text.startsWith("[") ? json(text) : lines(text));
  }

  private String decode(byte[] bytes) throws ImageException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      throw invalid("not a file of labels: it is no UTF-8 text");
    }
    throw invalid("not a file of labels: it holds zero bytes");
  }

  private List<String> lines(String text) throws ImageException {
    List<String> lines = text.lines().map(String::strip).toList();
    int empty = lines.indexOf("");
    if (empty >= 0) {
      throw invalid("line " + (empty + 1) + " is empty: every class needs a name");
    }
    boolean synsets = lines.stream().allMatch(line -> SYNSET.matcher(line).matches());
    Stream<String> names = lines.stream();
    return (synsets ? names.map(line -> line.substring(9).strip()) : names).toList();
  }

  /** An array or an object with the class numbers as its keys; each entry a name or a list. */
  private List<String> json(String text) throws ImageException {
    SortedMap<Integer, String> names = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      boolean array = json.nextToken() == JsonToken.START_ARRAY;
      while (json.nextToken() != JsonToken.END_ARRAY
          && json.currentToken() != JsonToken.END_OBJECT) {
        int index = array ? names.size() : index(json.currentName());
        if (!array) {
          json.nextToken();
        }
        names.put(index, name(index, json));
      }
      if (json.nextToken() != null) {
        throw invalid("something follows the JSON document");
      }
    } catch (JacksonException e) {
      throw invalid("not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid("not valid JSON: " + e.getMessage());
    }
    return inOrder(names);
  }

  private int index(String key) throws ImageException {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw invalid("\"" + key + "\" is no class number");
    }
  }

  private List<String> inOrder(SortedMap<Integer, String> names) throws ImageException {
    if (names.isEmpty()) {
      throw invalid("the JSON names no class");
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.containsKey(i)) {
        throw invalid("there are " + names.size() + " entries, but none for class " + i);
      }
    }
    return List.copyOf(names.values());
  }

  private String name(int index, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    String last = null;
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        last = json.getText();
      }
    }
    if (last == null || json.currentToken() != JsonToken.END_ARRAY) {
      throw invalid("class " + index + " is neither a name nor a list that ends with one");
    }
    return last.replace('_', ' ');
  }

  private ImageException invalid(String reason) {
    return new ImageException(Kind.INVALID, file, reason);
  }
}
