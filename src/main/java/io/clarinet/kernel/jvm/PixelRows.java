package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.kernel.jvm.PartSplit.Part;

/**
 * What a run of output pixels reads for one term of their sums, gathered into a row: one tap of one
 * channel, zeros outside of the image.
 *
 * @param step elements between the pixels of a channel: 1 in plain images, else a block's
 */
record PixelRows(Geometry geometry, int step) {

  int terms() {
    return geometry.channels() * geometry.taps();
  }

  /** Gathers the rows of some terms. */
  void gather(View x, Part part, int term, int count, NearRows own) {
    for (int i = 0; i < count; i++) {
      int channel = part.group() * geometry.channels() + (term + i) / geometry.taps();
      int plane = channel / step * step * geometry.inPixels() + channel % step;
      int at = x.item(part.image()) + plane;
      float[] row = own.terms()[i];
      if (geometry.isIdentity()) {
        Strided.gather(x.data(), at + part.firstPixel() * step, step, row, 0, part.pixels());
      } else {
        int tap = (term + i) % geometry.taps();
        if (i == 0 || tap == 0) {
          int last = part.firstPixel() + part.pixels() - 1;
          int end = last / geometry.outW() + 1;
          own.plane().read(geometry, x.data(), at, step, part.firstPixel() / geometry.outW(), end);
        }
        tap(own.plane(), tap, part, row);
      }
    }
  }

  private void tap(PaddedPlane plane, int tap, Part part, float[] row) {
    int stride = geometry.window().strideW();
    for (int p = 0; p < part.pixels(); ) {
      int column = (part.firstPixel() + p) % geometry.outW();
      int width = Math.min(part.pixels() - p, geometry.outW() - column);
      int at = plane.at(geometry, (part.firstPixel() + p) / geometry.outW(), tap);
      Strided.gather(plane.data(), at + column * stride, stride, row, p, width);
      p += width;
    }
  }
}
