package io.clarinet.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.image.ImageException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the forms in which label files are found. */
final class LabelText {
  private static final Pattern SYNSET = Pattern.compile("n\\d{8}\\s+(.+)");

  private final String file;

  private LabelText(String file) {
    this.file = file;
  }

  static Labels parse(String file, byte[] bytes) throws ImageException {
    return new LabelText(file).parse(bytes);
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

  private List<String> json(String text) throws ImageException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JacksonException e) {
      throw invalid("not valid JSON: " + e.getOriginalMessage());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      JsonNode entry = root.isArray() ? root.get(i) : root.get(String.valueOf(i));
      if (entry == null) {
        throw invalid("there are " + root.size() + " entries, but none for class " + i);
      }
      names.add(name(i, entry));
    }
    if (names.isEmpty()) {
      throw invalid("the JSON names no class");
    }
    return names;
  }

  private String name(int index, JsonNode entry) throws ImageException {
    JsonNode name = entry.isArray() && entry.size() > 0 ? entry.get(entry.size() - 1) : entry;
    if (!name.isTextual()) {
      throw invalid("class " + index + " is neither a name nor a list that ends with one");
    }
    return entry.isArray() ? name.textValue().replace('_', ' ') : name.textValue();
  }

  private ImageException invalid(String reason) {
    return new ImageException(Kind.INVALID, file, reason);
  }
}
