package io.clarinet.image;

/** The channels that a network reads, in their order. */
public enum ChannelOrder {
  /** Red, green, blue. */
  RGB(0, 1, 2),
  /** Blue, green, red, as Caffe reads them. */
  BGR(2, 1, 0),
  /** One channel of luma, ITU-R BT.601, rounded as Pillow's mode L. */
  GREY(-1);

  private final int[] channels;

  ChannelOrder(int... channels) {
    this.channels = channels;
  }

  /** Number of channels. */
  public int count() {
    return channels.length;
  }

  /** The 8-bit sample of output channel {@code c} for the pixel whose red lies at {@code at}. */
  int sample(byte[] rgb, int at, int c) {
    return this == GREY ? luma(rgb, at) : rgb[at + channels[c]] & 0xff;
  }

  private static int luma(byte[] rgb, int at) {
    int r = rgb[at] & 0xff;
    int g = rgb[at + 1] & 0xff;
    int b = rgb[at + 2] & 0xff;
    return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
  }
}
