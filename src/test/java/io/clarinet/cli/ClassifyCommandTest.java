package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifyCommandTest {
  private static final String SAMPLE = "src/main/resources/io/clarinet/samples/2_P.png";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void withoutAnyArgumentTheSamplePicturesAreRead() {
    assertThat(run("classify", "--device", "cpu")).isZero();
    assertThat(text(out)).contains("6_L").contains("OPENCL");
  }

  @Test
  void withoutAnyArgumentJsonHoldsTheSamplePictures() throws IOException {
    assertThat(run("classify", "--device", "cpu", "--json")).isZero();
    JsonNode document = new ObjectMapper().readTree(out.toByteArray());
    List<String> labels = new ArrayList<>();
    document
        .get("results")
        .forEach(result -> labels.add(result.at("/predictions/0/label").asText()));
    assertThat(labels).containsExactly("O", "P", "E", "N", "C", "L");
  }

  @Test
  void quietPrintsOnlyTheClass() {
    assertThat(run("classify", SAMPLE, "--device", "cpu", "--top", "1", "--quiet")).isZero();
    assertThat(text(out)).isEqualTo("P\n");
  }

  @Test
  void aPreprocessingThatIsNoneIsWrongUsage() {
    assertThat(run("classify", SAMPLE, "--device", "cpu", "--preprocess", "torhc")).isEqualTo(2);
    assertThat(text(errors)).contains("torhc").contains("keras-caffe");
  }

  @Test
  void aPictureWithoutAModelIsReadByTheOwnNetworkWhichSaysSo() {
    assertThat(run("classify", SAMPLE, "--device", "cpu", "--top", "1")).isZero();
    assertThat(text(out)).contains("P\n");
    assertThat(text(errors)).contains("no --model");
  }

  @Test
  void aModelWithoutPicturesIsWrongUsage() {
    assertThat(run("classify", "--model", "resnet18")).isEqualTo(2);
    assertThat(text(errors)).contains("Which pictures?");
  }

  private int run(String... arguments) {
    return Main.run(new Console(out, errors), arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
