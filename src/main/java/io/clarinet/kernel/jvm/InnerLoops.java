package io.clarinet.kernel.jvm;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The innermost loops of all kernels for one channel block.
 *
 * @param tiles of 1, 2, 4, … blocks, narrowest first, for runs of one block whose pixels follow
 *     each other, with which they are some per cent faster
 * @param stridedTiles as many for any runs and pixels
 * @param shorterTiles of fewer pixels with the blocks of the widest, fewest pixels first; may be
 *     none. Far weights come faster by them, since more of their reads fit into the processor's
 *     window
 * @param transforms of 2×2 and of 4×4 outputs
 * @param groupTiles for terms of a block and for terms of a single element
 */
record InnerLoops(
    Lanes lanes,
    List<RegisterTile> tiles,
    List<RegisterTile> stridedTiles,
    List<RegisterTile> shorterTiles,
    List<WinogradTransform> transforms,
    List<GroupTile> groupTiles,
    Activations activations,
    Normalisations normalisations) {
  /** Channels of the widest plain tile. */
  private static final int PLAIN_WIDTH = 512;

  /** Channels in whose time a loop over them begins and ends, by measurement. */
  private static final int LOST = 192;

  /** Shorter tiles that take less time than one of all pixels. */
  private static final int MOST_SHORTER = 2;

  private static final String TILE = "VectorTile6x";

  private static final Map<Integer, InnerLoops> PLAIN = new ConcurrentHashMap<>();

  private static final Map<Integer, InnerLoops> VECTOR = new ConcurrentHashMap<>();

  InnerLoops {
    tiles = List.copyOf(tiles);
    stridedTiles = List.copyOf(stridedTiles);
    shorterTiles = List.copyOf(shorterTiles);
    transforms = List.copyOf(transforms);
    groupTiles = List.copyOf(groupTiles);
  }

  /** Loops in plain Java. */
  static InnerLoops plain(int block) {
    return PLAIN.computeIfAbsent(block, InnerLoops::inPlainJava);
  }

  private static InnerLoops inPlainJava(int block) {
    int widest = PLAIN_WIDTH / block;
    List<RegisterTile> tiles =
        widths(widest)
            .mapToObj(b -> (RegisterTile) new PlainTile(block, b, RegisterTile.PIXELS))
            .toList();
    return new InnerLoops(
        new PlainLanes(block),
        tiles,
        tiles,
        List.of(new PlainTile(block, widest, 1)),
        List.of(new PlainWinograd(2, block), new PlainWinograd(4, block)),
        List.of(new PlainGroupTile(block, false), new PlainGroupTile(block, true)),
        new PlainActivations(),
        new PlainNormalisations(block));
  }

  /** Loops by the Vector API; only where {@link #vectorised} holds. */
  static InnerLoops vector(int block) {
    return VECTOR.computeIfAbsent(block, InnerLoops::specialise);
  }

  /** The fastest loops for a block on this machine. */
  static InnerLoops best(int block) {
    return vectorised(block) ? vector(block) : plain(block);
  }

  /** Whether this JVM has the Vector API and the machine has vectors of this many floats. */
  static boolean vectorised(int block) {
    return VectorModule.isPresent() && block <= Specialised.preferredLanes();
  }

  /** The widest channel block that suits this machine's vectors. */
  static int preferredBlock() {
    return VectorModule.isPresent() ? Math.max(4, Math.min(16, Specialised.preferredLanes())) : 16;
  }

  /** All that do, widest first; plain loops do not depend on the block. */
  static List<Integer> blocks() {
    int widest = preferredBlock();
    return vectorised(widest)
        ? IntStream.iterate(widest, block -> block >= 4, block -> block / 2).boxed().toList()
        : List.of(widest);
  }

  private static InnerLoops specialise(int block) {
    return new InnerLoops(
        Specialised.make(Lanes.class, "VectorLanes", block),
        widths(registersAllow(block))
            .mapToObj(b -> Specialised.make(RegisterTile.class, TILE + b, block))
            .toList(),
        widths(registersAllow(block)).mapToObj(b -> Specialised.strided(TILE + b, block)).toList(),
        Stream.of("VectorTile1x", "VectorTile4x")
            .map(n -> Specialised.make(RegisterTile.class, n + registersAllow(block), block))
            .toList(),
        Stream.of("VectorWinograd2x2", "VectorWinograd4x4")
            .map(name -> Specialised.make(WinogradTransform.class, name, block))
            .toList(),
        Stream.of(false, true)
            .map(single -> Specialised.groups("VectorGroupTile", block, single))
            .toList(),
        Specialised.make(Activations.class, "VectorActivations", block),
        Specialised.make(Normalisations.class, "VectorNormalisations", block));
  }

  /** Blocks of the tiles up to the widest. */
  private static IntStream widths(int widest) {
    return IntStream.iterate(1, b -> b <= widest, b -> 2 * b);
  }

  /** Blocks of a tile whose sums fit in registers: 32 of them with AVX-512 and on ARM, else 16. */
  private static int registersAllow(int block) {
    return block == 16 || System.getProperty("os.arch").equals("aarch64") ? 4 : 2;
  }

  int block() {
    return lanes.block();
  }

  /** Time of a tile for so many blocks, for each of them, as a multiple of the widest tile's. */
  double slowness(int outBlocks) {
    if (!arePlain()) {
      return 1;
    }
    int width = widthAt(0, outBlocks, widest());
    return (1 + (double) LOST / (width * block())) / (1 + (double) LOST / PLAIN_WIDTH);
  }

  /** Whether they are in plain Java. */
  boolean arePlain() {
    return lanes instanceof PlainLanes;
  }

  /** Blocks of the widest tile. */
  int widest() {
    return tiles.get(tiles.size() - 1).blocks();
  }

  /** The tile of {@code blocks} blocks, a power of two. */
  RegisterTile tile(int blocks) {
    return tiles.get(Integer.numberOfTrailingZeros(blocks));
  }

  /** The tile of {@code blocks} blocks, a power of two, for any runs and pixels. */
  RegisterTile stridedTile(int blocks) {
    return stridedTiles.get(Integer.numberOfTrailingZeros(blocks));
  }

  /** Whether a few pixels take less time by shorter tiles than by this one. */
  boolean hasShorter(RegisterTile tile, int pixels) {
    int calls = 0;
    if (!shorterTiles.isEmpty()) {
      for (int p = 0; p < pixels; p += shorter(pixels - p).pixels()) {
        calls++;
      }
    }
    return calls > 0 && calls <= MOST_SHORTER && tile.blocks() == widest();
  }

  /** The longest tile of at most so many pixels, where there are shorter ones. */
  RegisterTile shorter(int pixels) {
    RegisterTile longest = shorterTiles.get(0);
    for (RegisterTile tile : shorterTiles) {
      longest = tile.pixels() <= pixels ? tile : longest;
    }
    return longest;
  }

  /** The transforms of F(m×m, 3×3). */
  WinogradTransform transform(int m) {
    return transforms.get(m == 2 ? 0 : 1);
  }

  /** The tile of groups whose terms are blocks, or single elements. */
  GroupTile groupTile(boolean single) {
    return groupTiles.get(single ? 1 : 0);
  }

  /**
   * Blocks of the tile that starts at block {@code first} of {@code blocks}: the widest tile as
   * long as it is filled, then halves of it.
   */
  static int widthAt(int first, int blocks, int widest) {
    return Math.min(widest, Integer.highestOneBit(blocks - first));
  }
}
