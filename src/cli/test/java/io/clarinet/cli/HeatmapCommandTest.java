package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.image.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapCommandTest {
  private static final String SAMPLE = "src/main/resources/io/clarinet/samples/2_P.png";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("heatmap", SAMPLE, "--device", "cpu"));
    arguments.addAll(List.of("-o", file().toString()));
    arguments.addAll(List.of(more));
    out.reset();
    errors.reset();
    return Main.run(new Console(out, errors), arguments.toArray(String[]::new));
  }

  private Path file() {
    return folder.resolve("heat.png");
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesThePictureWithTheMapOfItsMostProbableClass() throws IOException {
    assertThat(run()).as(text(errors)).isZero();
    assertThat(text(out)).contains("heat.png", "% P, by preact_resnet20 on cpu");
    Picture sample = Picture.read(Path.of(SAMPLE));
    Picture drawn = Picture.read(file());
    assertThat(drawn.width()).isEqualTo(sample.width());
    assertThat(drawn.height()).isEqualTo(sample.height());
    assertThat(drawn.rgb()).isNotEqualTo(sample.rgb());
  }

  @Test
  void aClassIsNamedOrNumbered() throws IOException {
    assertThat(run("--json", "--class", "r")).as(text(errors)).isZero();
    JsonNode byName = new ObjectMapper().readTree(out.toByteArray());
    assertThat(byName.at("/prediction/label").asText()).isEqualTo("R");
    assertThat(run("--json", "--class", byName.at("/prediction/index").asText())).isZero();
    JsonNode byNumber = new ObjectMapper().readTree(out.toByteArray());
    assertThat(byNumber).isEqualTo(byName);
    double sum = 0;
    for (JsonNode row : byName.get("map")) {
      for (JsonNode value : row) {
        sum += value.asDouble();
      }
    }
    int cells = byName.get("map").size() * byName.at("/map/0").size();
    assertThat(sum / cells + byName.get("bias").asDouble())
        .isCloseTo(byName.get("score").asDouble(), Offset.offset(1e-4));
    assertThat(byName.at("/area/width").asDouble()).isEqualTo(Picture.read(file()).width());
  }

  /** A digit is the name of a class here before it is a number. */
  @Test
  void aNameThatLooksLikeANumberIsAName() throws IOException {
    assertThat(run("--json", "--class", "7")).as(text(errors)).isZero();
    assertThat(new ObjectMapper().readTree(out.toByteArray()).at("/prediction/label").asText())
        .isEqualTo("7");
  }

  @Test
  void whatIsNoClassIsWrongUsageAndNothingIsWritten() {
    assertThat(run("--class", "espresso")).isEqualTo(2);
    assertThat(text(errors)).contains("No class is called \"espresso\"", "0 to 35");
    assertThat(run("--class", "99999999999")).isEqualTo(2);
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void aNetworkThatEndsOtherwiseIsRefused() {
    String model = "alexnet";
    assertThat(run("--model", model, "--json")).isEqualTo(1);
    assertThat(text(out)).contains("\"unsupported\"", "alexnet has no heat maps: relu");
    assertThat(Files.exists(file())).isFalse();
  }
}
