package io.clarinet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Model;
import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoCommandTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  private JsonNode info(int status, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[0] = "info";
    all[arguments.length + 1] = "--json";
    all[arguments.length + 2] = "--device";
    all[arguments.length + 3] = "cpu";
    assertThat(command.run(all)).as(command.errors()).isEqualTo(status);
    return command.json();
  }

  /** The figures of the papers and of torchvision, whose multiply-adds leave biases out. */
  @ParameterizedTest
  @CsvSource({
    "resnet50, 25557032, 4089184256",
    "vgg16, 138357544, 15470264320",
    "googlenet, 6998552, 1582671872"
  })
  void publishedFigures(String name, long trainable, long multiplyAdds) throws IOException {
    JsonNode json = info(0, name);
    assertThat(json.get("parameters").asLong() - json.get("statistics").asLong())
        .isEqualTo(trainable);
    assertThat(json.get("multiply_adds").asLong()).isEqualTo(multiplyAdds);
    assertThat(json.get("warnings").get(0).asText()).contains("random");
  }

  @Test
  void aFileTellsInputsOutputsCostAndOperators() throws IOException {
    String file = CommandContract.network(folder).toString();
    JsonNode json = info(0, file, "--batch", "2");
    assertThat(json.get("runs").asBoolean()).isTrue();
    assertThat(json.get("format").asText()).isEqualTo("ONNX");
    assertThat(json.at("/origin/opset").asInt()).isEqualTo(17);
    assertThat(json.at("/inputs/0/name").asText()).isEqualTo("x");
    assertThat(json.at("/inputs/0/type").asText()).isEqualTo("float32");
    assertThat(json.at("/inputs/0/shape").get(0).isTextual()).as("an open extent").isTrue();
    assertThat(json.at("/inputs/0/shape").get(1).asInt()).isEqualTo(3);
    assertThat(json.at("/outputs/0/shape").toString()).isEqualTo("[2,10]");
    assertThat(json.at("/operators/Conv").asInt()).isEqualTo(3);
    long parameters = 64 * 9 * (3 + 64 + 64) + 28 * 28 * 64 * 10;
    assertThat(json.get("parameters").asLong()).isEqualTo(parameters);
    assertThat(json.get("parameter_bytes").asLong()).isEqualTo(4 * parameters);
    long each = 56 * 56 * 64 * 9 * (3 + 64) + 28 * 28 * 64 * (64 * 9 + 10);
    assertThat(json.get("multiply_adds").asLong()).isEqualTo(2 * each);
    assertThat(json.at("/memory/weight_bytes").asLong()).isPositive();
    assertThat(json.at("/labels/count").asInt()).isEqualTo(10);
    assertThat(json.get("warnings")).isEmpty();
  }

  @Test
  void whatTheFileSaysOfPicturesIsTold() throws IOException {
    Path file = folder.resolve("named.onnx");
    Model.load(CommandContract.network(folder))
        .with("labels", "a,b,c,d,e,f,g,h,i,j")
        .with("preprocess", "tf")
        .writeOnnx(file);
    JsonNode json = info(0, file.toString());
    assertThat(json.get("labels").toString())
        .isEqualTo(
            "{\"count\":10,\"first\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"from\":\"the file\"}");
    assertThat(json.get("preprocess").asText()).isEqualTo("tf");
    assertThat(json.get("preprocess_from").asText()).isEqualTo("the model");
  }

  private Path unsupported() throws IOException {
    return new ModelWriter(17)
        .input("x", -1, 3, 8, 8)
        .initializer("w", Tensor.zeros(Shape.of(4, 3, 1, 1)))
        .node("Conv", "y", List.of("x", "w"))
        .node("NonMaxSuppression", "boxes", List.of("y"))
        .node("LSTM", "a", List.of("y"))
        .node("LSTM", "b", List.of("a"))
        .output("boxes")
        .output("b")
        .write(folder);
  }

  @Test
  void whatCannotRunIsListedWithRemediesBesideAllElse() throws IOException {
    JsonNode json = info(1, unsupported().toString());
    assertThat(json.get("runs").asBoolean()).isFalse();
    assertThat(json.at("/inputs/0/shape").toString()).isEqualTo("[\"n\",3,8,8]");
    assertThat(json.at("/operators").toString())
        .isEqualTo("{\"LSTM\":2,\"Conv\":1,\"NonMaxSuppression\":1}");
    assertThat(json.get("parameters").asInt()).isEqualTo(12);
    assertThat(json.get("unsupported").findValuesAsText("what"))
        .containsExactly("LSTM", "NonMaxSuppression");
    assertThat(json.at("/unsupported/0/times").asInt()).isEqualTo(2);
    assertThat(json.at("/unsupported/0/first").asText()).contains("\"a\"");
    assertThat(json.get("unsupported").findValuesAsText("remedy")).noneMatch(String::isBlank);
    assertThat(json.at("/error/kind").asText()).isEqualTo("unsupported");
  }

  @Test
  void theTextSaysTheSame() throws IOException {
    assertThat(command.run("info", unsupported().toString())).isEqualTo(1);
    assertThat(command.text())
        .contains("x: float32 nx3x8x8", "2 LSTM, 1 Conv", "LSTM (2 times, first node \"a\")");
    assertThat(command.errors()).contains("not supported").hasLineCount(1);
  }

  @Test
  void missingDataAreToldBesideAllElse() throws IOException {
    Path whole = unsupported();
    byte[] model = Files.readAllBytes(whole);
    // the tensor's data (field 9) become a location of 1, external (field 14), the entry
    // location: "abc" (field 13), and a field of no meaning (15)
    ByteBuffer bytes = ByteBuffer.wrap(model);
    int data = new String(model, ISO_8859_1).indexOf("J0" + "\0".repeat(48));
    assertThat(data).as("raw data of 48 bytes").isPositive();
    bytes.position(data);
    bytes.put(new byte[] {14 << 3, 1, 13 << 3 | 2, 15, 1 << 3 | 2, 8});
    bytes.put("location".getBytes(US_ASCII)).put(new byte[] {2 << 3 | 2, 3});
    bytes.put("abc".getBytes(US_ASCII)).put(new byte[] {15 << 3 | 2, 29});
    JsonNode json = info(1, Files.write(whole, model).toString());
    assertThat(json.get("parameters").asInt()).isEqualTo(12);
    assertThat(json.at("/error/message").asText()).contains("\"abc\"", "beside the model");
  }

  @Test
  void aTypeThatIsNotSupportedIsTold() throws IOException {
    Path file =
        new ModelWriter(17)
            .input("x", 4)
            .node("Cast", "eighth", List.of("x"), ModelWriter.integer("to", 17))
            .node("Relu", "y", List.of("eighth"))
            .output("y")
            .write(folder);
    JsonNode json = info(1, file.toString());
    assertThat(json.at("/unsupported/0/what").asText()).contains("FLOAT8E4M3FN");
    assertThat(json.at("/unsupported/0/remedy").asText()).contains("float32");
  }

  @Test
  void anUnknownOpsetIsToldBesideAllElse() throws IOException {
    Path file =
        new ModelWriter(99).input("x", 4).node("Relu", "y", List.of("x")).output("y").write(folder);
    JsonNode json = info(1, file.toString());
    assertThat(json.at("/origin/opset").asInt()).isEqualTo(99);
    assertThat(json.at("/operators/Relu").asInt()).isEqualTo(1);
    assertThat(json.at("/unsupported/0/remedy").asText()).contains("convert_version");
  }

  @Test
  void anOpenSizeIsTakenFromThePreprocessingOrTheOption() throws IOException {
    Path file =
        new ModelWriter(17)
            .input("x", -1, 3, -1, -1)
            .initializer("w", Tensor.zeros(Shape.of(4, 3, 1, 1)))
            .node("Conv", "y", List.of("x", "w"))
            .output("y")
            .write(folder);
    JsonNode usual = info(0, file.toString());
    assertThat(usual.at("/input_shapes/0").toString()).isEqualTo("[1,3,224,224]");
    assertThat(usual.get("warnings").get(0).asText()).contains("224x224", "--size");
    JsonNode sized = info(0, file.toString(), "--size", "10x20");
    assertThat(sized.get("multiply_adds").asLong()).isEqualTo(10 * 20 * 12);
    assertThat(sized.get("warnings")).isEmpty();
    assertThat(info(0, "resnet18", "--size", "64x64").at("/input_shapes/0").toString())
        .isEqualTo("[1,3,64,64]");
  }

  /** A model that can be loaded, and not planned at any size. */
  @Test
  void whatIsTooLargeToPlanIsToldBesideAllElse() throws IOException {
    Path file =
        new ModelWriter(17)
            .input("x", 1, 1, 1 << 15, 1 << 15)
            .initializer("w", Tensor.zeros(Shape.of(64, 1, 1, 1)))
            .node("Conv", "y", List.of("x", "w"))
            .output("y")
            .write(folder);
    JsonNode json = info(0, file.toString());
    assertThat(json.get("multiply_adds").asLong()).isEqualTo(64L << 30);
    assertThat(json.has("memory")).isFalse();
    assertThat(json.get("warnings").get(0).asText()).contains("its cost is not known");
  }

  @Test
  void aBadFileIsOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.onnx"), "no model");
    assertThat(command.run("info", bad.toString())).isEqualTo(1);
    assertThat(command.text()).isEmpty();
    assertThat(command.errors()).contains("bad.onnx").hasLineCount(1);
    assertThat(command.run("info", "nosuch")).isEqualTo(1);
    assertThat(command.errors()).contains("nosuch").hasLineCount(1);
  }
}
