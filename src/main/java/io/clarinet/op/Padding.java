package io.clarinet.op;

import static io.clarinet.tensor.Division.ceilDiv;

/**
 * Zeros around an image: explicit on each side, or chosen from the input's extents so that a
 * strided window yields ceil(extent / stride) positions (ONNX {@code auto_pad}).
 */
public record Padding(Rule rule, int top, int left, int bottom, int right) {

  /** Explicit padding, or the rule that chooses it. */
  public enum Rule {
    EXPLICIT,
    /** An odd row or column goes after the image. */
    SAME_UPPER,
    /** An odd row or column goes before the image. */
    SAME_LOWER
  }

  public static final Padding NONE = of(0, 0, 0, 0);
  public static final Padding SAME_UPPER = new Padding(Rule.SAME_UPPER, 0, 0, 0, 0);
  public static final Padding SAME_LOWER = new Padding(Rule.SAME_LOWER, 0, 0, 0, 0);

  public Padding {
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException("a window's padding is not negative");
    }
  }

  /** Explicit padding. */
  public static Padding of(int top, int left, int bottom, int right) {
    return new Padding(Rule.EXPLICIT, top, left, bottom, right);
  }

  public boolean isAutomatic() {
    return rule != Rule.EXPLICIT;
  }

  Padding resolve(int reachH, int strideH, int h, int reachW, int strideW, int w) {
    int totalH = total(h, strideH, reachH);
    int totalW = total(w, strideW, reachW);
    int top = rule == Rule.SAME_UPPER ? totalH / 2 : totalH - totalH / 2;
    int left = rule == Rule.SAME_UPPER ? totalW / 2 : totalW - totalW / 2;
    return of(top, left, totalH - top, totalW - left);
  }

  private static int total(int extent, int stride, int reach) {
    long positions = ceilDiv(extent, stride);
    return Math.toIntExact(Math.max(0, (positions - 1) * stride + reach - extent));
  }
}
