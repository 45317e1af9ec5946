package io.clarinet.tensor;

import io.clarinet.file.AtomicFile;
import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** NumPy's file format for one array (NEP 1), versions 1 to 3, little-endian, C order. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int MAX_QUOTED = 120;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([<|=])([a-zA-Z]\\d+)',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([\\d,\\s]*)\\),?\\s*\\}\\s*");
  private static final Map<ElementType, String> CODES = new EnumMap<>(ElementType.class);

  static {
    CODES.put(ElementType.FLOAT32, "f4");
    CODES.put(ElementType.FLOAT64, "f8");
    CODES.put(ElementType.FLOAT16, "f2");
    CODES.put(ElementType.INT8, "i1");
    CODES.put(ElementType.INT16, "i2");
    CODES.put(ElementType.INT32, "i4");
    CODES.put(ElementType.INT64, "i8");
    CODES.put(ElementType.UINT8, "u1");
    CODES.put(ElementType.UINT16, "u2");
    CODES.put(ElementType.UINT32, "u4");
    CODES.put(ElementType.UINT64, "u8");
    CODES.put(ElementType.BOOL, "b1");
  }

  private Npy() {}

  /**
   * Reads an array.
   *
   * @throws IOException if the file cannot be read, or naming it and what is wrong with it
   */
  public static Tensor read(Path file) throws IOException {
    return RegularFile.read(file, channel -> read(file, channel));
  }

  private static Tensor read(Path file, FileChannel channel) throws IOException {
    try {
      Header header = header(file, channel);
      long needed = Math.multiplyExact(header.shape().size(), (long) header.type().bytes());
      if (needed > Integer.MAX_VALUE || needed != channel.size() - channel.position()) {
        throw damaged(file, "its header promises " + needed + " bytes of data");
      }
      Tensor tensor = Tensor.zeros(header.type(), header.shape());
      fill(file, channel, tensor.bytes());
      return tensor;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private record Header(ElementType type, Shape shape) {}

  private static Header header(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, channel, start);
    if (!Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
      throw damaged(file, "it is no .npy file");
    }
    boolean shortLength = start.get(6) == 1;
    ByteBuffer length = ByteBuffer.allocate(shortLength ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, channel, length);
    int bytes = shortLength ? length.getShort(0) & 0xffff : length.getInt(0);
    if (bytes < 0 || bytes > MAX_HEADER) {
      throw damaged(file, "its header is " + bytes + " bytes long");
    }
    ByteBuffer text = ByteBuffer.allocate(bytes);
    fill(file, channel, text);
    return parse(file, new String(text.array(), StandardCharsets.UTF_8));
  }

  private static Header parse(Path file, String text) throws IOException {
    Matcher header = HEADER.matcher(text);
    if (!header.matches() || header.group(3).equals("True")) {
      throw damaged(
          file, "its header is not one of a C-order little-endian array: " + shortened(text));
    }
    ElementType type =
        CODES.entrySet().stream()
            .filter(e -> e.getValue().equals(header.group(2)))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> damaged(file, foreign(header.group(2))));
    long[] dims =
        Arrays.stream(header.group(4).split(","))
            .map(String::trim)
            .filter(d -> !d.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    return new Header(type, Shape.of(dims));
  }

  /** NumPy has no name for what it does not know, such as bfloat16. */
  private static String foreign(String code) {
    String remedy = code.equals("V2") ? "; bfloat16 is to be saved as float32" : "";
    return "its element type is " + code + remedy;
  }

  private static void fill(Path file, FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw damaged(file, "it ends too early");
      }
    }
  }

  private static String shortened(String text) {
    String trimmed = text.trim();
    return trimmed.length() <= MAX_QUOTED ? trimmed : trimmed.substring(0, MAX_QUOTED) + "…";
  }

  private static IOException damaged(Path file, String reason) {
    return FileException.invalid(file, reason, null);
  }

  /** Writes an array, format version 1. */
  public static void write(Path file, Tensor tensor) throws IOException {
    String code = CODES.get(tensor.type());
    if (code == null) {
      throw new IOException("NumPy has no element type for " + tensor.type());
    }
    String shape =
        IntStream.of(tensor.shape().dims())
            .mapToObj(d -> d + ",")
            .collect(Collectors.joining(" ", "(", ")"));
    String order = tensor.type().bytes() == 1 ? "|" : "<";
    String text =
        "{'descr': '" + order + code + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int padding = 63 - (MAGIC.length + 4 + text.length()) % 64;
    byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(
        file,
        out -> {
          out.write(MAGIC);
          out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
          out.write(header);
          Channels.newChannel(out).write(tensor.bytes());
        });
  }
}
