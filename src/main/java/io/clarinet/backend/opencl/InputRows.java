package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clFinish;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * The places in a chain's table that tell where its launches read a graph's inputs. The table stays
 * mapped, and is reached only while the queue is empty.
 */
final class InputRows implements AutoCloseable {
  private final cl_command_queue queue;
  private final cl_mem table;
  private final Map<Integer, List<Integer>> places;
  private final ByteBuffer mapped;
  private final LongBuffer rows;

  /**
   * @param places longs of the table, by input
   */
  InputRows(cl_command_queue queue, cl_mem table, long bytes, Map<Integer, List<Integer>> places) {
    this.queue = queue;
    this.table = table;
    this.places = Map.copyOf(places);
    int[] code = new int[1];
    long how = CL_MAP_READ | CL_MAP_WRITE;
    this.mapped = clEnqueueMapBuffer(queue, table, true, how, 0, bytes, 0, null, null, code);
    Status.check(code[0], "clEnqueueMapBuffer");
    this.rows = mapped.order(ByteOrder.nativeOrder()).asLongBuffer();
  }

  /** Whether any of them tells of an input. */
  boolean tell(int input) {
    return places.containsKey(input);
  }

  /** The address of the arena that an input is read from. */
  long arena(int input) {
    return rows.get(places(input).get(0));
  }

  /** Has an input read as if its arena were at this address, from the next run on. */
  void read(int input, long arena) {
    for (int place : places(input)) {
      rows.put(place, arena);
    }
  }

  private List<Integer> places(int input) {
    return Objects.requireNonNull(places.get(input));
  }

  @Override
  public void close() {
    Status.check(
        clEnqueueUnmapMemObject(queue, table, mapped, 0, null, null), "clEnqueueUnmapMemObject");
    Status.check(clFinish(queue), "clFinish");
  }
}
