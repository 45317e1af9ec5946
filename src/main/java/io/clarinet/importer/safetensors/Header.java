package io.clarinet.importer.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.clarinet.importer.StateDictionary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON header of a safetensors file: what its tensors are called, and where they lie.
 *
 * @param tensors by name, in the file's order
 * @param metadata the strings of {@code __metadata__}
 */
record Header(Map<String, Entry> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int MAX_RANK = 16;

  /** Names of tensors would otherwise stay in the JVM's own table of strings. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("F64", ElementType.FLOAT64),
          Map.entry("F32", ElementType.FLOAT32),
          Map.entry("F16", ElementType.FLOAT16),
          Map.entry("BF16", ElementType.BFLOAT16),
          Map.entry("I64", ElementType.INT64),
          Map.entry("I32", ElementType.INT32),
          Map.entry("I16", ElementType.INT16),
          Map.entry("I8", ElementType.INT8),
          Map.entry("U64", ElementType.UINT64),
          Map.entry("U32", ElementType.UINT32),
          Map.entry("U16", ElementType.UINT16),
          Map.entry("U8", ElementType.UINT8),
          Map.entry("BOOL", ElementType.BOOL));

  /**
   * One tensor.
   *
   * @param begin offset of its first byte in the data behind the header
   * @param end offset behind its last byte
   */
  record Entry(ElementType type, Shape shape, long begin, long end) {}

  /**
   * Parses the JSON text, and checks that the tensors fill the data without gap or overlap.
   *
   * @param file its name in errors
   * @param dataLength bytes behind the header
   * @throws IOException saying what is wrong, and with which tensor
   * @throws io.clarinet.importer.ModelFormatException if there are too many of them
   */
  static Header parse(Path file, byte[] json, long dataLength) throws IOException {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (name.equals(METADATA)) {
          metadata.putAll(metadata(parser));
        } else if (tensors.put(name, entry(parser, name)) != null) {
          throw new IOException("tensor \"" + name + "\" is there twice");
        }
        StateDictionary.requireFew(file, tensors.size());
      }
      if (parser.nextToken() != null) {
        throw new IOException("the header goes on behind its end");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("the header is not sound JSON: " + e.getOriginalMessage(), e);
    }
    checkThatTensorsFill(tensors, dataLength);
    return new Header(tensors, metadata);
  }

  private static Map<String, String> metadata(JsonParser parser) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " \"" + key + "\"");
      metadata.put(key, parser.getText());
    }
    return metadata;
  }

  private static Entry entry(JsonParser parser, String name) throws IOException {
    String type = "";
    long[] shape = {};
    long[] offsets = {};
    expect(parser.nextToken(), JsonToken.START_OBJECT, "tensor ", name);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(value, JsonToken.VALUE_STRING, "dtype of ", name);
          type = parser.getText();
        }
        case "shape" -> shape = numbers(parser, "shape of ", name);
        case "data_offsets" -> offsets = numbers(parser, "data_offsets of ", name);
        default ->
            throw new IOException("tensor \"" + name + "\" has an unknown \"" + field + "\"");
      }
    }
    return entry(name, type, shape, offsets);
  }

  private static Entry entry(String name, String dtype, long[] dims, long[] offsets)
      throws IOException {
    ElementType type = TYPES.get(dtype);
    if (type == null) {
      throw new IOException(
          "tensor \"" + name + "\" has dtype \"" + dtype + "\", which is not known here");
    }
    if (offsets.length != 2) {
      throw new IOException("tensor \"" + name + "\" lacks its two data_offsets");
    }
    try {
      Shape shape = Shape.of(dims);
      long needed = Math.multiplyExact(shape.size(), (long) type.bytes());
      if (Math.subtractExact(offsets[1], offsets[0]) != needed) {
        throw new IOException(
            "tensor \"%s\" needs %d bytes, its data_offsets are %s"
                .formatted(name, needed, Arrays.toString(offsets)));
      }
      return new Entry(type, shape, offsets[0], offsets[1]);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("tensor \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private static long[] numbers(JsonParser parser, String role, String name) throws IOException {
    long[] numbers = new long[4];
    int count = 0;
    expect(parser.currentToken(), JsonToken.START_ARRAY, role, name);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, role, name);
      if (count == MAX_RANK) {
        throw new IOException(role + '"' + name + "\" has more than " + count + " numbers");
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = parser.getLongValue();
    }
    return Arrays.copyOf(numbers, count);
  }

  private static void checkThatTensorsFill(Map<String, Entry> tensors, long length)
      throws IOException {
    List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(tensors.entrySet());
    byOffset.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long at = 0;
    for (Map.Entry<String, Entry> e : byOffset) {
      if (e.getValue().begin() != at) {
        throw new IOException(
            "tensor \"%s\" begins at byte %d of the data instead of %d"
                .formatted(e.getKey(), e.getValue().begin(), at));
      }
      at = e.getValue().end();
    }
    if (at != length) {
      throw new IOException("the tensors take " + at + " bytes, the file has " + length);
    }
  }

  private static void expect(JsonToken found, JsonToken wanted, String role, String name)
      throws IOException {
    if (found != wanted) {
      expect(found, wanted, role + '"' + name + '"');
    }
  }

  private static void expect(JsonToken found, JsonToken wanted, String what) throws IOException {
    if (found != wanted) {
      throw new IOException(what + " is not a JSON " + wanted.name().toLowerCase(Locale.ROOT));
    }
  }
}
