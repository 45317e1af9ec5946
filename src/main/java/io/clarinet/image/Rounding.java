package io.clarinet.image;

/** The rounding of extents that come out between two pixels, which decides where a crop lies. */
public enum Rounding {
  /** The longer side to the nearest pixel, margins down: as the crops for Caffe's networks. */
  NEAREST {
    @Override
    int scaled(int extent, int to, int from) {
      return (int) Math.rint((double) to / from * extent);
    }

    @Override
    int margin(int left) {
      return left / 2;
    }
  },
  /**
   * torchvision's {@code Resize} and {@code CenterCrop}: the longer side down, margins to the
   * nearest pixel and from the middle to the even one, as Python's {@code round}.
   */
  TORCHVISION {
    @Override
    int scaled(int extent, int to, int from) {
      return (int) ((long) to * extent / from);
    }

    @Override
    int margin(int left) {
      return (int) Math.rint(left / 2.0);
    }
  };

  /** An extent where another, of {@code from} pixels, becomes {@code to}. */
  abstract int scaled(int extent, int to, int from);

  /** Pixels before a crop that leaves out so many. */
  abstract int margin(int left);
}
