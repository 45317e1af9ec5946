package io.clarinet.selftest;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link PlanWriter} wrote. */
final class PlanReader {
  private final DataInputStream in;

  private PlanReader(DataInputStream in) {
    this.in = in;
  }

  /** A plan and the content of its arenas, which are its inputs and its outputs. */
  record Read(Plan plan, List<Tensor> arenas) {}

  /**
   * Reads.
   *
   * @throws IOException if this is no plan of the same version
   */
  static Read of(byte[] bytes) throws IOException {
    try {
      return new PlanReader(new DataInputStream(new ByteArrayInputStream(bytes))).plan();
    } catch (IllegalArgumentException | NegativeArraySizeException e) {
      throw new IOException("no plan: " + e.getMessage(), e);
    }
  }

  /** Reads one entry of a list. */
  @FunctionalInterface
  private interface Entry<T> {
    T read() throws IOException;
  }

  private <T> List<T> list(Entry<T> entry) throws IOException {
    List<T> all = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      all.add(entry.read());
    }
    return all;
  }

  private Read plan() throws IOException {
    if (in.readInt() != PlanWriter.VERSION) {
      throw new IOException("a plan of another version");
    }
    DeviceProfile device = device();
    List<Tensor> arenas = list(this::arena);
    List<Plan.PackedConstant> packed =
        list(() -> new Plan.PackedConstant(List.of(), new PackedBytes(direct())));
    List<Step> steps = list(this::step);
    List<Plan.Binding> whole = new ArrayList<>();
    for (int i = 0; i < arenas.size(); i++) {
      whole.add(CaseArena.whole(i, arenas.get(i)));
    }
    List<Long> bytes = arenas.stream().map(a -> Float.BYTES * a.shape().size()).toList();
    return new Read(new Plan(device, whole, whole, steps, bytes, packed), arenas);
  }

  /** What a backend asks of a profile. */
  private DeviceProfile device() throws IOException {
    DeviceProfile.Kind kind = DeviceProfile.Kind.valueOf(text());
    Simt simt = Simt.NONE.with(in.readInt(), in.readInt(), in.readBoolean());
    Map<String, String> struckOff = new HashMap<>();
    list(this::text).forEach(kernel -> struckOff.put(kernel, "not to be run"));
    DeviceLimits limits =
        new DeviceLimits(
            in.readInt(), in.readLong(), Long.MAX_VALUE, Long.MAX_VALUE, in.readInt(), 0);
    Speed speed = Speed.assumed(1, 1, 1);
    return new DeviceProfile(
        "under test", kind, simt, DeviceProfile.GPU_BLOCK, limits, speed, struckOff);
  }

  private Tensor arena() throws IOException {
    ByteBuffer bytes = direct();
    return Tensor.wrap(ElementType.FLOAT32, Shape.of(bytes.capacity() / Float.BYTES), bytes);
  }

  private Step step() throws IOException {
    String op = text();
    String kernel = text();
    List<Step.Operand> inputs =
        list(() -> in.readBoolean() ? new Step.Operand.At(place()) : new Step.Operand.PackedOnly());
    List<Place> outputs = list(this::place);
    List<Place> scratch = list(this::place);
    List<Integer> packed = list(in::readInt);
    List<Launch> launches = list(this::launch);
    return new Step(
        op,
        new Step.Layer(op, null, Step.Layer.NO_NODE, 0),
        op,
        kernel,
        new Step.Action.Device(new Work.Launches(launches)),
        inputs,
        outputs,
        packed,
        scratch,
        0,
        List.of());
  }

  private Place place() throws IOException {
    int arena = in.readInt();
    long byteOffset = in.readLong();
    long batchStride = in.readLong();
    Layout layout = new Layout(in.readInt());
    ElementType type = ElementType.valueOf(text());
    int[] dims = list(in::readInt).stream().mapToInt(Integer::intValue).toArray();
    return new Place(
        Place.Space.ARENA, arena, byteOffset, batchStride, layout, type, Shape.of(dims));
  }

  private Launch launch() throws IOException {
    String kernel = text();
    Map<String, String> defines = new HashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      defines.put(text(), text());
    }
    NdRange range = new NdRange(list(in::readLong), list(in::readLong));
    return new Launch(kernel, defines, range, list(this::arg));
  }

  private Arg arg() throws IOException {
    String kind = text();
    long value = in.readLong();
    return switch (kind) {
      case "Input" -> new Arg.Input((int) value);
      case "Output" -> new Arg.Output((int) value);
      case "Scratch" -> new Arg.Scratch((int) value);
      case "Packed" -> new Arg.Packed((int) value);
      case "Local" -> new Arg.Local(value);
      case "Int" -> new Arg.Int((int) value);
      case "Long" -> new Arg.Long(value);
      case "Float" -> new Arg.Float(Float.intBitsToFloat((int) value));
      default -> throw new IOException("no argument: " + kind);
    };
  }

  private String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private ByteBuffer direct() throws IOException {
    byte[] bytes = bytes();
    return ByteBuffer.allocateDirect(bytes.length)
        .order(ByteOrder.nativeOrder())
        .put(bytes)
        .clear();
  }

  private byte[] bytes() throws IOException {
    return in.readNBytes(in.readInt());
  }
}
