package io.clarinet.backend.opencl;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jocl.cl_mem;

/** The rows that {@code opencl/cpu/chain.cl} reads: each launch's kernel, extents and arguments. */
final class ChainTable {
  /** Longs before a launch's arguments. */
  static final int HEADER = 5;

  private static final int LOCAL_ALIGNMENT = 16;

  private final DeviceMemory memory;
  private final ToLongFunction<cl_mem> addresses;
  private final InputReads reads;
  private final Map<Integer, List<Integer>> inputs = new HashMap<>();
  private final ByteBuffer bytes;
  private final LongBuffer row;
  private final int rowLength;
  private long localFloats;

  /**
   * @param reads what the steps that are added read of a graph's inputs
   */
  ChainTable(
      List<Launch> launches,
      DeviceMemory memory,
      ToLongFunction<cl_mem> addresses,
      InputReads reads) {
    this.memory = memory;
    this.addresses = addresses;
    this.reads = reads;
    this.rowLength = ChainSource.rowLength(launches);
    this.bytes =
        ByteBuffer.allocateDirect(launches.size() * rowLength * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    this.row = bytes.asLongBuffer();
  }

  /**
   * Writes the next row.
   *
   * @param at the step's number
   * @param number the kernel's
   * @param after launches that must be complete before this one begins
   */
  void add(int at, Step step, Launch launch, int number, int after) {
    int begin = row.position();
    row.put(number);
    for (int i = 0; i < 3; i++) {
      row.put(i < launch.range().global().size() ? launch.range().global().get(i) : 1);
    }
    row.put(after);
    long local = 0;
    for (Arg arg : launch.args()) {
      if (arg instanceof Arg.Local scratch) {
        row.put(local);
        long floats = ceilDiv(scratch.bytes(), Float.BYTES);
        local += roundUp(floats, LOCAL_ALIGNMENT);
      } else {
        note(arg, at);
        put(arg, step);
      }
    }
    localFloats = Math.max(localFloats, local);
    row.position(begin + rowLength);
  }

  private void note(Arg arg, int step) {
    int input = arg instanceof Arg.Input read ? reads.input(step, read.index()) : -1;
    if (input >= 0) {
      inputs.computeIfAbsent(input, key -> new ArrayList<>()).add(row.position());
    }
  }

  private void put(Arg arg, Step step) {
    if (arg instanceof Arg.Input input) {
      view(step.input(input.index()), step.input(input.index()).batchStride());
    } else if (arg instanceof Arg.Output output) {
      Place place = step.outputs().get(output.index());
      view(place, place.batchStride());
    } else if (arg instanceof Arg.Scratch scratch) {
      view(step.scratch().get(scratch.index()), 0);
    } else if (arg instanceof Arg.Packed packed) {
      row.put(addresses.applyAsLong(memory.packed(step.packed().get(packed.index()))));
    } else if (arg instanceof Arg.Int value) {
      row.put(value.value());
    } else if (arg instanceof Arg.Long value) {
      row.put(value.value());
    } else if (arg instanceof Arg.Float value) {
      row.put(Float.floatToRawIntBits(value.value()));
    }
  }

  private void view(Place place, long batchStride) {
    row.put(addresses.applyAsLong(memory.of(place))).put(place.offset()).put(batchStride);
  }

  /** The rows written so far. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.nativeOrder());
  }

  /** The longs that tell where a graph's inputs are read, by input. */
  Map<Integer, List<Integer>> inputs() {
    return inputs;
  }

  /** Local memory that the neediest launch wants. */
  long localBytes() {
    return Math.max(localFloats, 1) * Float.BYTES;
  }
}
