package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Microarchitecture;
import java.util.List;

/**
 * The tiles that each architecture is offered, by what engines for it use. NVIDIA and AMD:
 * CUTLASS's and CLBlast's 64 to 128 a side, 8 to 32 terms, up to 8 x 8 a lane, and for few pixels
 * the terms shared out inside the group. Intel: OpenVINO's {@code b_fs_yx_fsv16}, 16 lanes that
 * share weights, no local memory. Mali, Adreno and Apple: MNN's {@code c8h4w1} and TensorFlow
 * Lite's {@code ConvGeneric}, 4 pixels by 8 channels in registers, which any device can run.
 */
final class GemmTiles {
  private static final GemmTile LARGE = new GemmTile(128, 128, 8, 8, 8, 1, true, 168);
  private static final GemmTile WIDE = new GemmTile(64, 128, 8, 8, 8, 1, true, 168);
  private static final GemmTile SQUARE = new GemmTile(64, 64, 16, 8, 4, 1, true, 128);
  private static final GemmTile SHARED = new GemmTile(32, 64, 32, 8, 8, 4, true, 200);
  private static final GemmTile INTEL = new GemmTile(16, 32, 4, 8, 4, 1, false, 128);
  private static final GemmTile REGISTERS = new GemmTile(32, 64, 4, 4, 8, 1, false, 144);
  private static final GemmTile SMALL = new GemmTile(32, 32, 16, 4, 4, 1, true, 80);

  private GemmTiles() {}

  /** All tiles. */
  static List<GemmTile> all() {
    return List.of(LARGE, WIDE, SQUARE, SHARED, INTEL, REGISTERS);
  }

  /** The tiles for plain matrices, by which any device is served. */
  static List<GemmTile> ofPlain() {
    return List.of(SQUARE, SMALL);
  }

  /** The tiles for an architecture; the last of them fits any device. */
  static List<GemmTile> of(Microarchitecture architecture) {
    return switch (architecture) {
      case NVIDIA, RDNA, CDNA -> List.of(LARGE, WIDE, SQUARE, SHARED, REGISTERS);
      case INTEL -> List.of(INTEL, REGISTERS);
      case MALI, ADRENO, APPLE -> List.of(REGISTERS);
      case UNKNOWN -> List.of(SQUARE, REGISTERS);
    };
  }
}
