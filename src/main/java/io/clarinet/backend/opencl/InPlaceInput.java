package io.clarinet.backend.opencl;

import io.clarinet.backend.Transfer;
import io.clarinet.plan.Place;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * An input that a chain reads where the caller's tensor lies, with no copy, if that is in direct
 * memory. What is read-only is copied: a mapped file may shrink, which a driver's thread would not
 * survive.
 */
final class InPlaceInput implements Transfer {
  private final DeviceContext context;
  private final Place place;
  private final int input;
  private final InputRows rows;
  private final long arena;
  private final Transfer copy;

  /**
   * @param input its number
   * @param copy brings a tensor to the input's place
   */
  InPlaceInput(DeviceContext context, Place place, int input, InputRows rows, Transfer copy) {
    this.context = context;
    this.place = place;
    this.input = input;
    this.rows = rows;
    this.arena = rows.arena(input);
    this.copy = copy;
  }

  @Override
  public void write(Tensor from) {
    if (isReadable(from)) {
      rows.read(input, context.address(from.bytes()) - place.byteOffset());
    } else {
      copy.write(from);
      rows.read(input, arena);
    }
  }

  private static boolean isReadable(Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    return bytes.isDirect()
        && !bytes.isReadOnly()
        && bytes.alignmentOffset(0, tensor.type().bytes()) == 0;
  }

  @Override
  public void read(Tensor to) {
    throw new UnsupportedOperationException("an input is not read back");
  }

  @Override
  public void close() {
    copy.close();
  }
}
