package io.clarinet.importer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32", "FLOAT16", "BFLOAT16"})
  void floatingPointTensorsOfAnyTypeAreReadAsFloat32(ElementType type) throws IOException {
    float[] values = {0f, -1.5f, 0.125f, 3f, -256f, 1f / 1024};
    Tensor stored = Tensor.of(Shape.of(2, 3), values).as(type);
    Path file =
        SafetensorsWriter.write(
            folder.resolve("a.safetensors"), Map.of("x", stored), Map.of("k", "v"));
    SafetensorsFile read = SafetensorsFile.open(file);
    Constant x = read.tensors().get("x");
    assertThat(x.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(x.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(x.tensor().toFloatArray()).isEqualTo(values);
    assertThat(read.metadata()).containsEntry("k", "v");
  }

  @Test
  void tensorsKeepTheirOrderAndTheirBytes() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", Tensor.of(Shape.of(1), 7f));
    tensors.put("count", Tensor.ofLongs(Shape.of(), 1L << 40));
    tensors.put("a", Tensor.of(Shape.of(3), 1f, 2f, Float.NaN));
    tensors.put("empty", Tensor.of(Shape.of(0)));
    Path file = SafetensorsWriter.write(folder.resolve("a.safetensors"), tensors, Map.of());
    Map<String, Constant> read = SafetensorsFile.open(file).tensors();
    assertThat(read.keySet()).containsExactly("z", "count", "a", "empty");
    assertThat(read.get("count").tensor().toLongArray()).containsExactly(1L << 40);
    assertThat(read.get("a").tensor().toFloatArray()).containsExactly(1f, 2f, Float.NaN);
    assertThat(read.get("empty").shape().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | header",
        "{ | header",
        "[] | header",
        "`{\"x\"` | end-of-input",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}} | close marker",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} {} | behind its end",
        "{\"x\":3} | tensor \"x\"",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}} | data_offsets",
        "{\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}} | dtype",
        "{\"x\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}} | Q4",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 12 bytes",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}} | begins at byte 8",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | begins at byte -8",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | the file has 8",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | the file has 8",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | extent",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}} | shape of \"x\"",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}} | shape of \"x\"",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,8]}} | extent",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}} | x",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}} | more than",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | twice",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at byte 4",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"z\":1}} | unknown \"z\"",
        "{\"__metadata__\":{\"k\":1}} | __metadata__",
      })
  void aLyingHeaderIsRefusedWithTheReason(String header, String reason) throws IOException {
    String text = header == null ? "" : header;
    Path file = SafetensorsWriter.write(folder.resolve("bad.safetensors"), text, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("bad.safetensors")
        .hasMessageContaining(reason)
        .extracting(e -> ((ModelFormatException) e).kind())
        .isEqualTo(Kind.INVALID);
  }

  @Test
  void missingEmptyAndForeignFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
        .hasMessageContaining("no such file");
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    assertThatThrownBy(() -> SafetensorsFile.open(empty)).hasMessageContaining("too short");
    Path text = Files.writeString(folder.resolve("text"), "this is not a model, only some text");
    assertThatThrownBy(() -> SafetensorsFile.open(text)).hasMessageContaining("not a safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(folder)).isInstanceOf(ModelFormatException.class);
  }

  @Test
  void bytesInMemoryAreReadFromTheirPosition() throws IOException {
    Path file =
        SafetensorsWriter.write(
            folder.resolve("a"), Map.of("x", Tensor.of(Shape.of(2), 3, 4)), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer padded = ByteBuffer.allocateDirect(5 + bytes.length).position(5).put(bytes);
    SafetensorsFile read = SafetensorsFile.of(Path.of("built in"), padded.position(5));
    assertThat(read.tensors().get("x").tensor().toFloatArray()).containsExactly(3, 4);
    assertThatThrownBy(() -> SafetensorsFile.of(Path.of("built in"), padded.position(7)))
        .hasMessageStartingWith("built in: ");
  }

  @Test
  void aHeaderLengthBeyondTheFileIsRefusedWithoutReadingIt() throws IOException {
    for (long length : new long[] {-1, 0, 1, 57, 1L << 30, Long.MAX_VALUE, Long.MIN_VALUE}) {
      ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path file = Files.write(folder.resolve("bad"), bytes.array());
      assertThatThrownBy(() -> SafetensorsFile.open(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("not a safetensors file");
    }
  }

  @Test
  void damagedFilesAreReadOrRefusedButNeverCrash() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
    tensors.put("b", Tensor.of(Shape.of(3), 1, 2, 3).as(ElementType.FLOAT16));
    Path sound = SafetensorsWriter.write(folder.resolve("a"), tensors, Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(sound);
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(40));
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        SafetensorsFile.of(sound, ByteBuffer.wrap(damaged))
            .tensors()
            .values()
            .forEach(Constant::tensor);
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 1999);
  }
}
