package io.clarinet.selftest;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a plan of {@link CasePlan} as bytes, arenas and packed constants with it. Only what a run
 * needs is written; {@link PlanReader} reads it in a JVM of the same version.
 */
final class PlanWriter {
  /** Changes with the form of what is written. */
  static final int VERSION = 1;

  private final DataOutputStream out;

  private PlanWriter(DataOutputStream out) {
    this.out = out;
  }

  /** A plan with the content of its arenas. */
  static byte[] bytes(Plan plan, List<Tensor> arenas) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      new PlanWriter(out).plan(plan, arenas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void plan(Plan plan, List<Tensor> arenas) throws IOException {
    out.writeInt(VERSION);
    text(plan.device().kind().name());
    simt(plan.device().simt());
    texts(plan.device().struckOff().keySet().stream().sorted().toList());
    limits(plan.device().limits());
    out.writeInt(arenas.size());
    for (Tensor arena : arenas) {
      buffer(arena.bytes());
    }
    out.writeInt(plan.packed().size());
    for (Plan.PackedConstant constant : plan.packed()) {
      buffer(((PackedBytes) constant.packing()).content());
    }
    out.writeInt(plan.steps().size());
    for (Step step : plan.steps()) {
      step(step);
    }
  }

  private void simt(Simt simt) throws IOException {
    out.writeInt(simt.lanes());
    out.writeInt(simt.groupSize());
    out.writeBoolean(simt.unified());
  }

  private void limits(DeviceLimits limits) throws IOException {
    out.writeInt(limits.computeUnits());
    out.writeLong(limits.localMemoryBytes());
    out.writeInt(limits.alignmentBytes());
  }

  private void step(Step step) throws IOException {
    text(step.op());
    text(step.kernel());
    out.writeInt(step.inputs().size());
    for (Step.Operand input : step.inputs()) {
      boolean there = input instanceof Step.Operand.At;
      out.writeBoolean(there);
      if (input instanceof Step.Operand.At at) {
        place(at.place());
      }
    }
    places(step.outputs());
    places(step.scratch());
    out.writeInt(step.packed().size());
    for (int packed : step.packed()) {
      out.writeInt(packed);
    }
    List<Launch> launches =
        ((Work.Launches) ((Step.Action.Device) step.action()).work()).launches();
    out.writeInt(launches.size());
    for (Launch launch : launches) {
      launch(launch);
    }
  }

  private void places(List<Place> places) throws IOException {
    out.writeInt(places.size());
    for (Place place : places) {
      place(place);
    }
  }

  private void place(Place place) throws IOException {
    out.writeInt(place.index());
    out.writeLong(place.byteOffset());
    out.writeLong(place.batchStride());
    out.writeInt(place.layout().block());
    text(place.type().name());
    int[] dims = place.shape().dims();
    out.writeInt(dims.length);
    for (int dim : dims) {
      out.writeInt(dim);
    }
  }

  private void launch(Launch launch) throws IOException {
    text(launch.kernel());
    out.writeInt(launch.defines().size());
    for (var define : launch.defines().entrySet()) {
      text(define.getKey());
      text(define.getValue());
    }
    longs(launch.range().global());
    longs(launch.range().local());
    out.writeInt(launch.args().size());
    for (Arg arg : launch.args()) {
      text(arg.getClass().getSimpleName());
      out.writeLong(value(arg));
    }
  }

  private static long value(Arg arg) {
    if (arg instanceof Arg.Input input) {
      return input.index();
    } else if (arg instanceof Arg.Output output) {
      return output.index();
    } else if (arg instanceof Arg.Scratch scratch) {
      return scratch.index();
    } else if (arg instanceof Arg.Packed packed) {
      return packed.index();
    } else if (arg instanceof Arg.Local local) {
      return local.bytes();
    } else if (arg instanceof Arg.Int number) {
      return number.value();
    } else if (arg instanceof Arg.Long number) {
      return number.value();
    }
    return Float.floatToRawIntBits(((Arg.Float) arg).value());
  }

  private void longs(List<Long> values) throws IOException {
    out.writeInt(values.size());
    for (long value : values) {
      out.writeLong(value);
    }
  }

  private void texts(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text);
    }
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private void buffer(ByteBuffer content) throws IOException {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
