package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.MinimalFiltering;

/**
 * The tiles of a Winograd convolution, counted across, down, over the batch. {@link
 * RegisterTile#PIXELS} of them are a group, in whose order transformed tiles and products lie:
 * {@code [point][group][channel block][tile of the group][block]}.
 */
record WinogradTiles(Geometry geometry, MinimalFiltering filtering) {
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
