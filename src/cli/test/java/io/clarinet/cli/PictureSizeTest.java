package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Model;
import io.clarinet.TensorFile;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --size}, on a network that takes pictures of any size. */
class PictureSizeTest {
  private static final String RED = "src/test/resources/faults/classify/red.png";

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();
  private String open = "";

  @BeforeEach
  void writeNetwork() throws IOException {
    open = network(-1, -1);
  }

  private String network(int height, int width) throws IOException {
    GraphBuilder graph = new GraphBuilder("any");
    graph.input("x", -1, 3, height, width);
    graph.constant("conv.w", Tensor.zeros(Shape.of(4, 3, 5, 5)));
    Conv2d conv = new Conv2d(Window2d.square(5, 1, 0), 1, Epilogue.NONE);
    String y = graph.add("conv", conv, "x", "conv.w");
    y = graph.add("pool", GlobalPool2d.AVERAGE, y);
    y = graph.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), y);
    Path file = folder.resolve("any" + height + ".onnx");
    Model.of(graph.output(graph.add("softmax", Softmax.along(1), y)).build()).writeOnnx(file);
    return file.toString();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--device", "cpu"));
    return command.run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"explain, 20x24, 1x4x16x20", "profile, 20, 1x4x16x16", "explain, 9X7, 1x4x5x3"})
  void theSizeIsThatOfTheOption(String name, String size, String shape) throws IOException {
    assertThat(run(name, open, "--size", size, "--json")).as(command.errors()).isZero();
    assertThat(command.json().at("/steps/0/output").asText()).startsWith(shape);
    assertThat(command.errors()).doesNotContain("open");
  }

  @Test
  void withoutOneItIsThatOfThePreprocessingAndSaysSo() throws IOException {
    assertThat(run("explain", open, "--no-measure", "--json")).isZero();
    assertThat(command.json().at("/steps/0/output").asText()).startsWith("1x4x220x220");
    assertThat(command.errors())
        .isEqualTo(
            "clarinet: any leaves the size of its pictures open; 224x224 is taken, and --size says"
                + " another.\n");
  }

  @Test
  void picturesAreClassifiedAtIt() {
    assertThat(run("classify", RED, "--model", open, "--size", "16x8")).isZero();
    assertThat(run("classify", RED, "--model", open, "--size", "4x8")).isEqualTo(2);
    assertThat(command.errors()).contains(open + ": it cannot run at 4x8: node \"conv\"");
  }

  @Test
  void verifyAndBenchRunAtIt() throws IOException {
    assertThat(run("verify", open, "--size", "8x8")).as(command.errors()).isZero();
    assertThat(run("bench", "--model", open, "--size", "8x8", "--rounds", "1", "--batch", "1,2"))
        .as(command.errors())
        .isZero();
  }

  @Test
  void aTensorOfAnotherSizeIsRefused() throws IOException {
    Path tensor = folder.resolve("x.npy");
    TensorFile.write(tensor, Tensor.zeros(Shape.of(1, 3, 8, 8)));
    String[] run = {"run", open, "--input", "" + tensor, "--output", "" + folder, "--size", ""};
    run[run.length - 1] = "8x8";
    assertThat(run(run)).as(command.errors()).isZero();
    run[run.length - 1] = "9x9";
    assertThat(run(run)).isEqualTo(1);
    assertThat(command.errors()).contains("x: FLOAT32 ?x3x9x9 does not accept");
  }

  @Test
  void convertWritesIt() throws IOException {
    Path to = folder.resolve("sized.onnx");
    assertThat(command.run("convert", open, "--to", "" + to, "--size", "6x10")).isZero();
    assertThat(Model.load(to).inputs().get(0).dims()).containsExactly(Input.UNKNOWN, 3, 6, 10);
  }

  @Test
  void aNetworkOfTheZooTakesItToo() throws IOException {
    assertThat(run("explain", "cifar_resnet20", "--size", "8x16", "--no-measure", "--json"))
        .isZero();
    assertThat(command.json().at("/steps/0/output").asText()).startsWith("1x16x8x16");
  }

  @Test
  void whatIsFixedStays() throws IOException {
    assertThat(run("explain", network(12, 12), "--size", "12x12")).isZero();
    assertThat(run("explain", network(12, 12), "--size", "12x13")).isEqualTo(2);
    assertThat(command.errors())
        .contains("it fixes the size of its pictures, and cannot run at 12x13: [x: ");
    assertThat(run("explain", network(12, -1), "--size", "12x13")).isZero();
    assertThat(run("explain", network(12, -1), "--size", "13x12")).isEqualTo(2);
    assertThat(command.errors()).contains("it fixes one side of its pictures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5", "5x", "axb", "320x320x3", "20000x1", "-5x5", ""})
  void whatIsNoSizeIsWrongUsage(String size) {
    assertThat(run("explain", open, "--size", size)).isEqualTo(2);
    assertThat(command.errors()).contains("no size of a picture: HEIGHTxWIDTH");
  }
}
