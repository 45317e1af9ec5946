package io.clarinet.kernel.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Speed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The keys of a profile's file, read and written. Units stand in the keys' names. */
final class ProfileKeys {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MAX_BYTES = 1L << 50;

  private ProfileKeys() {}

  static ProfileFile read(Fields file) throws IOException {
    DeviceProfile.Kind kind = file.word("kind", DeviceProfile.Kind.class);
    boolean gpu = kind == DeviceProfile.Kind.GPU;
    if (!gpu && file.has("simt")) {
      throw new IOException("\"simt\" is only for devices of the kind \"gpu\"");
    }
    DeviceProfile profile =
        new DeviceProfile(
            file.text("name"),
            kind,
            gpu ? simt(file.section("simt")) : Simt.NONE,
            channelBlock(file, gpu),
            limits(file.section("limits")),
            speed(file.section("speed")),
            file.section("struck_off").texts());
    return new ProfileFile(file.list("sources"), profile);
  }

  private static int channelBlock(Fields file, boolean gpu) throws IOException {
    int block = file.count("channel_block", 4, 16);
    if (Integer.bitCount(block) != 1 || (gpu && block != DeviceProfile.GPU_BLOCK)) {
      throw new IOException(
          "\"channel_block\" is " + block + ", not " + (gpu ? "4, as on GPUs" : "4, 8 or 16"));
    }
    return block;
  }

  private static Simt simt(Fields simt) throws IOException {
    return new Simt(
        simt.word("architecture", Microarchitecture.class),
        simt.count("lanes", 1, 1 << 10),
        simt.count("group_size", 1, 1 << 12),
        simt.count("cores", 1, 1 << 14),
        simt.count("items", 1, 1 << 20),
        simt.count("groups", 1, 1 << 12),
        simt.count("registers", 1 << 8, 1 << 24),
        simt.size("local_bytes", 0, Integer.MAX_VALUE),
        simt.flag("unified_memory"));
  }

  private static DeviceLimits limits(Fields limits) throws IOException {
    int alignment = limits.count("alignment_bytes", 16, 1 << 20);
    if (Integer.bitCount(alignment) != 1) {
      throw new IOException("\"limits.alignment_bytes\" is " + alignment + ", no power of two");
    }
    return new DeviceLimits(
        limits.count("compute_units", 1, 1 << 16),
        limits.size("local_memory_bytes", 1 << 10, Integer.MAX_VALUE),
        limits.size("global_memory_bytes", 1 << 20, MAX_BYTES),
        limits.size("max_allocation_bytes", 1 << 20, MAX_BYTES),
        alignment,
        limits.size("cache_bytes", 0, MAX_BYTES));
  }

  private static Speed speed(Fields speed) throws IOException {
    return new Speed(
        figure(speed.section("peak_flops"), 1e6, 1e18),
        figure(speed.section("bandwidth_bytes_per_second"), 1e6, 1e18),
        figure(speed.section("launch_seconds"), 0, 1));
  }

  private static Speed.Figure figure(Fields figure, double least, double most) throws IOException {
    return new Speed.Figure(figure.number("value", least, most), figure.flag("measured"));
  }

  static byte[] write(ProfileFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setPrettyPrinter(new Indented());
      write(file, json);
    }
    out.write('\n');
    return out.toByteArray();
  }

  /** Lines that end alike on every system, and no blank before a colon. */
  private static final class Indented extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    Indented() {
      DefaultIndenter indent = new DefaultIndenter("  ", "\n");
      indentObjectsWith(indent);
      indentArraysWith(indent);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(": ");
    }
  }

  private static void write(ProfileFile file, JsonGenerator json) throws IOException {
    DeviceProfile device = file.device();
    json.writeStartObject();
    json.writeStringField("name", device.name());
    json.writeArrayFieldStart("sources");
    for (String source : file.sources()) {
      json.writeString(source);
    }
    json.writeEndArray();
    json.writeStringField("kind", device.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("channel_block", device.channelBlock());
    if (device.isGpu()) {
      write(device.simt(), json);
    }
    write(device.limits(), json);
    write(device.speed(), json);
    json.writeObjectFieldStart("struck_off");
    for (Map.Entry<String, String> kernel : new TreeMap<>(device.struckOff()).entrySet()) {
      json.writeStringField(kernel.getKey(), kernel.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(Simt simt, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("simt");
    json.writeStringField("architecture", simt.architecture().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("lanes", simt.lanes());
    json.writeNumberField("group_size", simt.groupSize());
    json.writeNumberField("cores", simt.cores());
    json.writeNumberField("items", simt.items());
    json.writeNumberField("groups", simt.groups());
    json.writeNumberField("registers", simt.registers());
    json.writeNumberField("local_bytes", simt.localBytes());
    json.writeBooleanField("unified_memory", simt.unified());
    json.writeEndObject();
  }

  private static void write(DeviceLimits limits, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("limits");
    json.writeNumberField("compute_units", limits.computeUnits());
    json.writeNumberField("local_memory_bytes", limits.localMemoryBytes());
    json.writeNumberField("global_memory_bytes", limits.globalMemoryBytes());
    json.writeNumberField("max_allocation_bytes", limits.maxAllocationBytes());
    json.writeNumberField("alignment_bytes", limits.alignmentBytes());
    json.writeNumberField("cache_bytes", limits.cacheBytes());
    json.writeEndObject();
  }

  private static void write(Speed speed, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("speed");
    write("peak_flops", speed.peak(), json);
    write("bandwidth_bytes_per_second", speed.memory(), json);
    write("launch_seconds", speed.launch(), json);
    json.writeEndObject();
  }

  private static void write(String key, Speed.Figure figure, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(key);
    json.writeNumberField("value", figure.value());
    json.writeBooleanField("measured", figure.measured());
    json.writeEndObject();
  }
}
