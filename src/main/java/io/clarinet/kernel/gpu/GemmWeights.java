package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Convolution weights as {@code conv2d_gemm.cl} reads them: {@code [group][tile of
 * channels][tap][slab][term][channel]}, so that a slab is one run of memory; zeros where a channel
 * does not exist.
 *
 * @param oc output channels of one group
 * @param ic input channels of one group
 * @param taps kernel rows times columns
 * @param columns channels of a tile
 * @param terms input channels of a slab
 */
record GemmWeights(int groups, int oc, int ic, int taps, int columns, int terms)
    implements Packing {

  int tiles() {
    return ceilDiv(oc, columns);
  }

  /** Slabs of a tile. */
  int slabs() {
    return taps * ceilDiv(ic, terms);
  }

  @Override
  public long bytes() {
    return 4L * groups * tiles() * slabs() * terms * columns;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    FloatBuffer from = sources.get(0).floats();
    FloatBuffer to = packed.asFloatBuffer();
    for (int channel = 0; channel < groups * oc; channel++) {
      int tile = channel / oc * tiles() + channel % oc / columns;
      packChannel(from, channel * ic * taps, to, tile, channel % oc % columns);
    }
  }

  /** Writes one output channel: a column of its tile. */
  private void packChannel(FloatBuffer from, int source, FloatBuffer to, int tile, int column) {
    int tapTerms = ceilDiv(ic, terms) * terms;
    int first = tile * slabs() * terms * columns + column;
    for (int c = 0; c < ic; c++) {
      for (int tap = 0; tap < taps; tap++) {
        to.put(first + (tap * tapTerms + c) * columns, from.get(source++));
      }
    }
  }
}
