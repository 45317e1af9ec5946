package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.Model;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyCommandTest {
  private static final String SAMPLE = "src/main/resources/io/clarinet/samples/2_P.png";

  private static final String FAULTS = "src/test/resources/faults/";
  private static final String RED = FAULTS + "classify/red.png";
  private static final String BLUE = FAULTS + "classify/blue.png";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void withoutAnyArgumentTheSamplePicturesAreRead() {
    assertThat(run("classify", "--device", "cpu")).isZero();
    assertThat(text(out)).contains("6_L").contains("OPENCL");
    assertThat(text(errors)).doesNotContain("taken for").doesNotContain("assumed");
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
    assertThat(text(errors)).contains("torhc\"; near it is \"torch\"").contains("keras-caffe");
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

  /** The second class's probability, in per cent. */
  @ParameterizedTest
  @CsvSource({
    "classify/sigmoid1.onnx, 'none,range=1', dog, 57.06, 40.56",
    "classify/multilabel.onnx, 'none,range=1', warm, 79.81, 69.87",
    "classify/multilabel.onnx, 'none,range=1', cold, 10.55, 10.55",
    "keras-tutorial-binary/model.h5, none, class 1, 14.9, 10.5"
  })
  void sigmoidsAreProbabilitiesThemselves(
      String model, String preprocess, String label, double ofRed, double ofBlue)
      throws IOException {
    int status =
        run(
            "classify",
            RED,
            BLUE,
            "--device",
            "cpu",
            "--json",
            "--model",
            FAULTS + model,
            "--preprocess",
            preprocess);
    assertThat(status).as(text(errors)).isZero();
    assertThat(percent(0, label)).isCloseTo(ofRed, Offset.offset(0.05));
    assertThat(percent(1, label)).isCloseTo(ofBlue, Offset.offset(0.05));
    assertThat(json().at("/head").asText()).isIn("sigmoid", "sigmoids");
    assertThat(json().at("/assumed/0").asText()).contains(" taken for ").doesNotContain("\n");
  }

  /** As TensorFlow's exporters write: bytes in, channels last, a cast first. */
  @Test
  void bytesAreGivenAsTheyAre() throws IOException {
    String model = FAULTS + "classify/uint8nhwc.onnx";
    String[] arguments = {"classify", RED, BLUE, "--device", "cpu", "--json", "--model", model};
    assertThat(run(arguments)).as(text(errors)).isZero();
    assertThat(percent(0, "red")).isCloseTo(84.55, Offset.offset(0.05));
    assertThat(percent(1, "blue")).isCloseTo(84.55, Offset.offset(0.05));
    assertThat(run("classify", RED, "--device", "cpu", "--model", model, "--preprocess", "torch"))
        .isEqualTo(1);
    assertThat(text(errors)).contains("takes integers", "\"none\" leaves it 0 to 255");
  }

  @Test
  void whatWasAssumedIsSaidOnStandardError() {
    String model = FAULTS + "classify/sigmoid1.onnx";
    assertThat(run("classify", RED, "--device", "cpu", "--model", model)).isZero();
    assertThat(text(errors)).contains("its one probability (by sigmoid \"y\") was taken for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fault-classify-merged-batch.onnx", "fault-classify-scalar.onnx"})
  void whatIsNoClassifierIsRefusedWithoutAnInternalError(String model) throws IOException {
    assertThat(run("classify", RED, BLUE, "--device", "cpu", "--json", "--model", FAULTS + model))
        .isEqualTo(1);
    assertThat(json().at("/error/kind").asText()).isEqualTo("unsupported");
    assertThat(json().at("/error/message").asText()).contains("is no classifier");
  }

  @Test
  void nanIsAnErrorOfItsPicture() throws IOException {
    String model = FAULTS + "fault-classify-nan.onnx";
    assertThat(run("classify", RED, BLUE, "--device", "cpu", "--json", "--model", model))
        .isEqualTo(1);
    for (int i : new int[] {0, 1}) {
      assertThat(json().at("/results/" + i + "/predictions")).isEmpty();
      assertThat(json().at("/results/" + i + "/error/message").asText())
          .contains(i == 0 ? "red.png" : "blue.png")
          .contains("NaN");
    }
  }

  @Test
  void labelsOfTheWrongNumberAreAnError(@TempDir Path folder) throws IOException {
    Path labels = Files.write(folder.resolve("labels.txt"), List.of("cat", "dog", "bird"));
    String model = FAULTS + "classify/sigmoid1.onnx";
    assertThat(run("classify", RED, "--device", "cpu", "--model", model, "--labels", "" + labels))
        .isEqualTo(1);
    assertThat(text(errors)).contains("labels.txt: 3 labels for the 2 classes");
    assertThat(text(out)).isEmpty();
  }

  /** Of two outputs the one that is named, and none that was not. */
  @Test
  void theOutputThatHoldsTheScoresIsNamed(@TempDir Path folder) throws IOException {
    Model model = Model.load(Path.of(FAULTS + "classify/sigmoid1.onnx"));
    String first = model.graph().nodes().get(0).output();
    Path file = folder.resolve("two.onnx");
    model.withOutputs(first, "y").writeOnnx(file);
    assertThat(run("classify", RED, "--device", "cpu", "--model", "" + file)).isEqualTo(1);
    assertThat(text(errors)).contains("has 2 outputs", "--scores");
    assertThat(
            run(
                "classify",
                RED,
                "--device",
                "cpu",
                "--model",
                "" + file,
                "--scores",
                "y",
                "--json"))
        .as(text(errors))
        .isZero();
    assertThat(json().at("/head").asText()).isEqualTo("sigmoid");
    assertThat(run("classify", RED, "--device", "cpu", "--model", "" + file, "--scores", "yy"))
        .isEqualTo(1);
    assertThat(text(errors)).contains("has no value \"yy\"; near it is \"y\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void quietPrintsALineAPictureInTheirOrderFailuresIncluded(int batch) {
    String model = FAULTS + "classify/sigmoid1.onnx";
    String[] start = {"classify", "--quiet", "--device", "cpu", "--model", model, "--top"};
    List<String> arguments = new ArrayList<>(List.of(start));
    arguments.addAll(List.of("1", "--batch", "" + batch, "--preprocess", "none,range=1"));
    arguments.addAll(List.of(RED, "nosuch.png", BLUE, RED, FAULTS + "README.md", BLUE));
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);
    assertThat(text(out).lines().map(line -> line.replaceAll("error: .*", "error")))
        .containsExactly("dog", "error", "cat", "dog", "error", "cat");
    assertThat(text(errors)).contains("nosuch.png").contains("README.md");
  }

  /** The second picture is there only once the answer for the first has been printed. */
  @ParameterizedTest
  @ValueSource(strings = {"--quiet", "--json", "--verbose"})
  void anAnswerIsPrintedAsSoonAsItIsThere(String form, @TempDir Path folder) {
    Path later = folder.resolve("later.png");
    OutputStream results =
        new FilterOutputStream(out) {
          @Override
          public void flush() throws IOException {
            if (text(ClassifyCommandTest.this.out).contains("dog") && !Files.exists(later)) {
              Files.copy(Path.of(BLUE), later);
            }
          }
        };
    String model = FAULTS + "classify/sigmoid1.onnx";
    String[] arguments = {
      "classify", form, "--device", "cpu", "--model", model, "--batch", "1", RED, "" + later
    };
    assertThat(Main.run(new Console(results, errors), arguments)).as(text(errors)).isZero();
    assertThat(text(out)).contains("dog", "cat");
  }

  @Test
  void whenNobodyReadsAnyLongerItStops() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    String model = FAULTS + "classify/sigmoid1.onnx";
    String[] arguments = {
      "classify", "--quiet", "--device", "cpu", "--model", model, "--batch", "1", RED, "later.png"
    };
    assertThat(Main.run(new Console(closed, errors), arguments)).isEqualTo(1);
    assertThat(text(errors)).isEqualTo("clarinet: cannot write standard output: Broken pipe\n");
  }

  @Test
  void aFailureOnTheWayEndsTheDocument() throws IOException {
    Console console = new Console(out, errors);
    console.beginJson(Map.of("model", "m"), "results");
    console.element(Map.of("image", "a.png"));
    assertThat(Failure.report(console, new IllegalStateException("lost"), "--json")).isEqualTo(1);
    assertThat(json().at("/model").asText()).isEqualTo("m");
    assertThat(json().at("/results")).hasSize(1);
    assertThat(json().at("/error/message").asText()).isEqualTo("lost");
  }

  @Test
  void theBarStandsOnATerminalAloneAndHarmsNoAnswer() {
    List<String> arguments = new ArrayList<>(List.of("classify", "--device", "cpu", "--quiet"));
    arguments.addAll(List.of("--top", "1", "--preprocess", "none,range=1"));
    arguments.addAll(List.of("--model", FAULTS + "classify/sigmoid1.onnx"));
    arguments.addAll(Collections.nCopies(17, RED));
    Terminal terminal = new Terminal(true, false, () -> 80);
    Console console = new Console(out, Terminal.NONE, errors, terminal);
    assertThat(Main.run(console, arguments.toArray(String[]::new))).isZero();
    assertThat(text(errors)).contains("17/17 pictures").contains("pictures/s");
    assertThat(text(errors))
        .as("time left")
        .containsPattern("\\d:\\d\\d:\\d\\d / \\d:\\d\\d:\\d\\d");
    assertThat(text(out)).isEqualTo("dog\n".repeat(17));
    errors.reset();
    assertThat(run(arguments.toArray(String[]::new))).isZero();
    assertThat(text(errors)).isEmpty();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private double percent(int picture, String label) throws IOException {
    for (JsonNode prediction : json().at("/results/" + picture + "/predictions")) {
      if (prediction.get("label").asText().equals(label)) {
        return 100 * prediction.get("probability").asDouble();
      }
    }
    throw new AssertionError(label + " is not in " + text(out));
  }

  private int run(String... arguments) {
    return Main.run(new Console(out, errors), arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
