package io.clarinet.zoo;

import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Gather;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;

/**
 * Attention within the windows of a map of tokens [n, rows, columns, channels], with a learned bias
 * for each distance. Shifted windows wrap around, and a mask keeps apart what is no neighbour.
 */
final class WindowAttention {
  private static final int SIDE = 7;
  private static final int TOKENS = SIDE * SIDE;

  /** Distances along an axis, of either sign. */
  private static final int DISTANCES = 2 * SIDE - 1;

  /** Added to the score of a pair that must not meet, as torchvision has it. */
  private static final float APART = -100;

  private static final Attention.Maps MAPS = new Attention.Maps("qkv", ".", "proj");

  private final Attention attention;
  private final TokenLayers layers;
  private final String name;
  private final int rows;
  private final int columns;
  private final int channels;
  private final int paddedRows;
  private final int paddedColumns;
  private final int shiftRows;
  private final int shiftColumns;

  /**
   * @param map of one picture's tokens
   */
  WindowAttention(
      Attention attention, TokenLayers layers, String name, Shape map, boolean shifted) {
    this.attention = attention;
    this.layers = layers;
    this.name = name;
    rows = map.dim(1);
    columns = map.dim(2);
    channels = map.dim(3);
    paddedRows = (rows + SIDE - 1) / SIDE * SIDE;
    paddedColumns = (columns + SIDE - 1) / SIDE * SIDE;
    shiftRows = shifted && paddedRows > SIDE ? SIDE / 2 : 0;
    shiftColumns = shifted && paddedColumns > SIDE ? SIDE / 2 : 0;
  }

  String apply(String map) {
    String x = layers.padded(name + ".padded", map, paddedRows - rows, paddedColumns - columns);
    x = rolled(name + ".rolled", x, shiftRows, shiftColumns);
    x = windows(x);
    x = attention.apply(layers, name + ".", MAPS, x, this::biased);
    x = map(x);
    x = rolled(name + ".back", x, paddedRows - shiftRows, paddedColumns - shiftColumns);
    if (paddedRows > rows) {
      x = layers.slice(name + ".cropped_rows", x, 1, 0, rows, 1);
    }
    return paddedColumns > columns ? layers.slice(name + ".cropped", x, 2, 0, columns, 1) : x;
  }

  private int windowCount() {
    return paddedRows / SIDE * (paddedColumns / SIDE);
  }

  private String windows(String map) {
    String x =
        layers.reshape(
            name + ".tiles", map, 0, paddedRows / SIDE, SIDE, paddedColumns / SIDE, SIDE, channels);
    x = layers.transpose(name + ".windows", x, 0, 1, 3, 2, 4, 5);
    return layers.reshape(name + ".window_tokens", x, -1, TOKENS, channels);
  }

  private String map(String windows) {
    String x =
        layers.reshape(
            name + ".windows_apart",
            windows,
            -1,
            paddedRows / SIDE,
            paddedColumns / SIDE,
            SIDE,
            SIDE,
            channels);
    x = layers.transpose(name + ".tiles_back", x, 0, 1, 3, 2, 4, 5);
    return layers.reshape(name + ".map", x, -1, paddedRows, paddedColumns, channels);
  }

  /** The map with its first rows and columns moved to the end. */
  private String rolled(String stem, String map, int byRows, int byColumns) {
    return turned(stem + "_columns", turned(stem + "_rows", map, 1, byRows), 2, byColumns);
  }

  private String turned(String stem, String map, int axis, int by) {
    int extent = layers.shape(map).dim(axis);
    if (by % extent == 0) {
      return map;
    }
    String end = layers.slice(stem + ".end", map, axis, by, extent, 1);
    String start = layers.slice(stem + ".start", map, axis, 0, by, 1);
    return layers.apply(stem, new Concat(axis), end, start);
  }

  /** The scores [windows, heads, tokens, tokens] with what their pairs' distances add. */
  private String biased(String scores) {
    String table =
        layers.parameter(
            name + ".relative_position_bias_table", 0.5, DISTANCES * DISTANCES, attention.heads());
    String index = layers.constant(name + ".relative_position_index", distances());
    String bias = layers.apply(name + ".biases", new Gather(0), table, index);
    bias = layers.reshape(name + ".bias_pairs", bias, TOKENS, TOKENS, attention.heads());
    bias = layers.transpose(name + ".bias_heads", bias, 2, 0, 1);
    bias = layers.reshape(name + ".bias", bias, 1, attention.heads(), TOKENS, TOKENS);
    String sum = layers.apply(name + ".biased", Binary.ADD, scores, bias);
    return shiftRows + shiftColumns > 0 ? masked(sum) : sum;
  }

  /** Which row of the table each pair of a window's tokens has. */
  private static Tensor distances() {
    long[] index = new long[TOKENS * TOKENS];
    for (int i = 0; i < index.length; i++) {
      int from = i / TOKENS;
      int to = i % TOKENS;
      int down = from / SIDE - to / SIDE + SIDE - 1;
      index[i] = (long) down * DISTANCES + from % SIDE - to % SIDE + SIDE - 1;
    }
    return Tensor.ofLongs(Shape.of(index.length), index);
  }

  private String masked(String scores) {
    String mask = layers.constant(name + ".mask", mask());
    int heads = attention.heads();
    String x =
        layers.reshape(name + ".of_picture", scores, -1, windowCount(), heads, TOKENS, TOKENS);
    x = layers.apply(name + ".masked", Binary.ADD, x, mask);
    return layers.reshape(name + ".of_window", x, -1, heads, TOKENS, TOKENS);
  }

  /** Which pairs of a shifted window's tokens were no neighbours before: [1, windows, 1, …]. */
  private Tensor mask() {
    Tensor mask = Tensor.zeros(Shape.of(1, windowCount(), 1, TOKENS, TOKENS));
    for (int i = 0; i < mask.shape().size(); i++) {
      int window = i / TOKENS / TOKENS;
      if (region(window, i / TOKENS % TOKENS) != region(window, i % TOKENS)) {
        mask.set(i, APART);
      }
    }
    return mask;
  }

  /** A number for each of the parts that the shift has brought together. */
  private int region(int window, int token) {
    int across = paddedColumns / SIDE;
    int row = window / across * SIDE + token / SIDE;
    int column = window % across * SIDE + token % SIDE;
    return 3 * part(row, paddedRows, shiftRows) + part(column, paddedColumns, shiftColumns);
  }

  private static int part(int at, int extent, int shift) {
    return shift == 0 || at < extent - SIDE ? 0 : at < extent - shift ? 1 : 2;
  }
}
