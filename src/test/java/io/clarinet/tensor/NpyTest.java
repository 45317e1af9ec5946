package io.clarinet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64", "UINT8", "INT64"})
  void everyTypeIsReadAsWritten(ElementType type) throws IOException {
    Tensor x = Tensor.of(Shape.of(2, 3), 0, 1, 2, 0.5f, 250, 3).as(type);
    Path file = folder.resolve("x.npy");
    Npy.write(file, x);
    Tensor read = Npy.read(file);
    assertThat(read.type()).isEqualTo(type);
    assertThat(read.shape()).isEqualTo(x.shape());
    assertThat(read.bytes()).isEqualTo(x.bytes());
  }

  /** As numpy.save writes an array of ml_dtypes.bfloat16. */
  @Test
  void bfloat16HasNoNameThere() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.zeros(ElementType.FLOAT16, Shape.of(3)));
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace("<f2", "<V2");
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Npy.read(file))
        .hasMessageContaining("its element type is V2; bfloat16 is to be saved as float32");
  }
}
