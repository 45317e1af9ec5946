package io.clarinet.kernel.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.TestProfile;
import io.clarinet.file.FileException;
import io.clarinet.kernel.DeviceProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {
  private static final int MUTATIONS = 2000;

  @TempDir Path folder;

  private static String text() throws IOException {
    DeviceProfile gpu = ShippedProfiles.file("h100").device();
    return new String(
        ProfileKeys.write(new ProfileFile(List.of("here"), gpu.without("conv", "it \"lies\""))),
        StandardCharsets.UTF_8);
  }

  private static void parse(String text) throws IOException {
    ProfileFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("device.json");
    for (DeviceProfile device :
        List.of(
            new TestProfile().make().without("pool2d", "does not build"),
            new TestProfile().kind(DeviceProfile.Kind.JVM).block(8).make(),
            ShippedProfiles.file("uhd630").device())) {
      ProfileFile written = new ProfileFile(List.of("a", "b"), device);
      written.write(file);
      assertThat(ProfileFile.read(file)).isEqualTo(written);
    }
  }

  /** Each line that holds a member is left out, and told of. */
  @Test
  void everyKeyMustBeThere() throws IOException {
    List<String> lines = text().lines().toList();
    int members = 0;
    for (String line : lines) {
      String member = line.strip().replaceAll(",$", "");
      if (!member.matches("\"\\w+\": [^{\\[].*|\"\\w+\": [{\\[].*[}\\]]")) {
        continue;
      }
      String key = member.substring(0, member.indexOf(':'));
      String without = text().replace(line + "\n", "").replaceAll(",(\\s*})", "$1");
      if (!key.equals("\"conv\"")) {
        assertThatThrownBy(() -> parse(without))
            .as(member)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(key.replace("\"", ""))
            .hasMessageContaining("is missing");
        members++;
      }
    }
    assertThat(members).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"lanes\": 32 | \"lanes\": 0 | \"simt.lanes\" is 0, not from 1 to 1024",
        "\"lanes\": 32 | \"lanes\": 3.5 | \"simt.lanes\" is not a whole number",
        "\"lanes\": 32 | \"lanes\": \"32\" | \"simt.lanes\" is not a whole number",
        "\"lanes\": 32 | \"lanes\": null | \"simt.lanes\" is null",
        "\"lanes\": 32 | \"lane\": 32 | \"simt.lanes\" is missing",
        "\"lanes\": 32 | \"lanes\": 32, \"lanes\": 32 | Duplicate field 'lanes'",
        "\"lanes\": 32 | \"lanes\": 32, \"item\": 1 | \"simt.item\" is not known; near it is"
            + " \"items\"",
        "\"lanes\": 32 | \"lanes\": 99999999999999999999 | out of range",
        "\"kind\": \"gpu\" | \"kind\": \"tpu\" | \"kind\" is \"tpu\", not one of [cpu, gpu, jvm]",
        "\"kind\": \"gpu\" | \"kind\": \"cpu\" | \"simt\" is only for devices of the kind \"gpu\"",
        "\"channel_block\": 4 | \"channel_block\": 8 | \"channel_block\" is 8, not 4, as on GPUs",
        "\"alignment_bytes\": 512 | \"alignment_bytes\": 500 | is 500, no power of two",
        "\"value\": 2.5E-6 | \"value\": -1 | \"speed.launch_seconds.value\" is -1.0, not from 0.0",
        "\"value\": 2.5E-6 | \"value\": 1e999 | \"speed.launch_seconds.value\" is Infinity",
        "\"unified_memory\": false | \"unified_memory\": 0 | \"simt.unified_memory\" is not true"
            + " or",
        "\"here\" | 5 | \"sources\" holds something else than texts"
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) throws IOException {
    assertThat(text()).contains(right);
    assertThatThrownBy(() -> parse(text().replaceFirst(Pattern.quote(right), wrong)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void errorsNameTheFile() throws IOException {
    Path file = folder.resolve("device.json");
    for (String bad : List.of("", "[]", "{", "{} {}", "{\"a\": {\"a\": {\"a\": {\"a\": {}}}}}")) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> ProfileFile.read(file))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith("cannot read " + file + ": ")
          .hasMessageNotContaining("\n");
    }
    Files.write(file, new byte[1 << 20]);
    assertThatThrownBy(() -> ProfileFile.read(file)).hasMessageContaining("more than 262144 bytes");
  }

  /** Damaged files are refused, or read as what they say; nothing else is ever thrown. */
  @Test
  void damagedFilesAreRefusedInOneLine() throws IOException {
    byte[] sound = text().getBytes(StandardCharsets.UTF_8);
    Random random = Fresh.random();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = sound.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) "\"{}[]:,0-9eE.\\x\0\377".charAt(random.nextInt(17));
      }
      try {
        ProfileFile.parse(damaged);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void namesAreFoundHoweverTheyAreSpelt() {
    for (String name : List.of("h100", "H100", "RTX 3090", "rtx-3090", "Iris_Xe", "adreno 740")) {
      assertThat(ShippedProfiles.find(name)).as(name).isPresent();
    }
    assertThat(ShippedProfiles.missing("h10")).endsWith("; near it is \"h100\"");
    assertThat(ShippedProfiles.missing("?")).contains(", only [h100, ");
    assertThatCode(() -> ShippedProfiles.of("M1")).doesNotThrowAnyException();
    assertThatThrownBy(() -> ShippedProfiles.of("h10"))
        .isInstanceOfSatisfying(
            FileException.class, e -> assertThat(e.kind()).isEqualTo(FileException.Kind.NOT_FOUND));
  }
}
