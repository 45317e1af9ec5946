package io.clarinet.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file ends in a graph or in the importer's own exception, which names it. */
class HostileKerasTest {
  private static final int MUTANTS = 2000;

  @TempDir Path folder;
  private byte[] sound = new byte[0];

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("sound.h5");
    new KerasFileWriter()
        .weight("conv", "kernel", new float[3][3][2][4])
        .weight("conv", "bias", new float[4])
        .weight("dense", "kernel", new float[64][3])
        .weight("dense", "bias", new float[3])
        .write(
            file,
            KerasFileWriter.chain(
                "[null,6,6,2]",
                "Conv2D conv {\"filters\":4,\"kernel_size\":[3,3]}",
                "Flatten flatten",
                "Dense dense {\"units\":3}"));
    sound = Files.readAllBytes(file);
    assertThat(ModelFile.read(file, Limits.DEFAULT).nodes()).isNotEmpty();
  }

  /** Whether the bytes are read; any exception but the importer's own fails the test. */
  private boolean isRead(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("mutant.h5"), bytes);
    try {
      Graph graph = ModelFile.read(file, Limits.DEFAULT);
      graph.constants().values().forEach(constant -> constant.tensor());
      return true;
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining("mutant.h5");
      return false;
    }
  }

  @Test
  void changedBytesAreReadOrRefused() throws IOException {
    Random random = Fresh.random();
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = sound.clone();
      for (int k = 1 + random.nextInt(4); k > 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      refused += isRead(mutant) ? 0 : 1;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    for (int length = 0; length < sound.length * 9 / 10; length += 61) {
      assertThat(isRead(Arrays.copyOf(sound, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void aFileThatIsNoHdf5IsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("mutant.h5"), "PK, not HDF5 at all");
    assertThatThrownBy(() -> ModelFile.read(file, Limits.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("HDF5");
  }
}
