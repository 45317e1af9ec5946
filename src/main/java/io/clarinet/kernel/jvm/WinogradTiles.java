package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.kernel.MinimalFiltering;
import io.clarinet.op.Padding;

/**
 * The tiles of a Winograd convolution, counted across, down, over the batch. {@link
 * RegisterTile#PIXELS} of them are a group, in whose order transformed tiles and products lie:
 * {@code [point][group][channel block][tile of the group][block]}.
 */
record WinogradTiles(Geometry geometry, MinimalFiltering filtering) {
  /** Floats of an image that no core's own cache holds. */
  private static final int FAR_FLOATS = 512 << 10;

  /** Tiles of a group. */
  static final int GROUP = RegisterTile.PIXELS;

  int count() {
    return filtering.tiles(geometry.batch(), geometry.outH(), geometry.outW());
  }

  /** Groups of all tiles, the last of which may not be full. */
  int groups() {
    return ceilDiv(count(), GROUP);
  }

  /** First tile of a run of groups. */
  static int first(int group) {
    return group * GROUP;
  }

  /** The tile behind the last one of the groups before {@code group}. */
  int end(int group) {
    return Math.min(group * GROUP, count());
  }

  /** Batch item. */
  int image(int tile) {
    return tile / filtering.tiles(1, geometry.outH(), geometry.outW());
  }

  /** First row of outputs. */
  int row(int tile) {
    int across = ceilDiv(geometry.outW(), filtering.m());
    return tile / across % ceilDiv(geometry.outH(), filtering.m()) * filtering.m();
  }

  /** First column of outputs. */
  int column(int tile) {
    return tile % ceilDiv(geometry.outW(), filtering.m()) * filtering.m();
  }

  /** Place of a tile of a run among {@code blocks} channel blocks of a point. */
  int place(int tile, int blocks, int block) {
    return ((tile / GROUP * blocks + block) * GROUP + tile % GROUP) * geometry.block();
  }

  /**
   * Whether touching a channel block's rows before their use is worth it: they lie in no core's own
   * cache, and there are enough of them.
   *
   * @param blocks of an image, which lie where these do
   * @param count of the tiles
   */
  boolean areFar(int blocks, int count) {
    return blocks > FAR_FLOATS / geometry.block() && count > GROUP;
  }

  /** Touches what tiles read of a channel block's plane. */
  float touchInput(View x, int plane, int begin, int end) {
    Padding padding = geometry.window().padding();
    int n = filtering.n();
    return touch(x, plane, begin, end, geometry.h(), geometry.w(), padding, n);
  }

  /** Touches what tiles write of a channel block's plane. */
  float touchOutput(View y, int plane, int begin, int end) {
    int m = filtering.m();
    return touch(y, plane, begin, end, geometry.outH(), geometry.outW(), Padding.NONE, m);
  }

  private float touch(
      View x, int plane, int begin, int end, int h, int w, Padding padding, int side) {
    int across = ceilDiv(geometry.outW(), filtering.m());
    float kept = 0;
    for (int t = begin; t < end; ) {
      int next = Math.min(end, t - t % across + across);
      int top = row(t) - padding.top();
      int first = Math.max(0, column(t) - padding.left());
      int last = Math.min(w, column(next - 1) - padding.left() + side);
      for (int row = Math.max(0, top); row < Math.min(h, top + side); row++) {
        int at = x.item(image(t)) + plane + row * w * geometry.block();
        kept += Touch.lines(x.data(), at + first * geometry.block(), at + last * geometry.block());
      }
      t = next;
    }
    return kept;
  }

  /**
   * Floats from one point to the next; one block is to spare, so that points share no cache set.
   */
  int pointStep(int groups, int blocks) {
    return (groups * blocks * GROUP + 1) * geometry.block();
  }

  /** Floats that a transform needs aside: a tile at an edge of the image, and its own. */
  int asideFloats() {
    return 2 * filtering.points() * geometry.block();
  }
}
