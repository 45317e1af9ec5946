package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  @Test
  void aModelMayReplaceItself() throws IOException {
    Path network = CommandContract.network(folder);
    byte[] before = Files.readAllBytes(network);
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), network.getFileName());
    for (Path to : new Path[] {network, link}) {
      assertThat(command.run("convert", network.toString(), "--to", to.toString()))
          .as(command.errors())
          .isZero();
      assertThat(network).hasBinaryContent(before);
    }
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path file = folder.resolve("out.onnx");
    Files.writeString(file, "precious");
    GraphBuilder graph = new GraphBuilder("g");
    graph.input("x", 1, 3);
    graph.constant("c", new Deferred(ElementType.FLOAT32, Shape.of(3), ConvertCommandTest::lost));
    Model model = Model.of(graph.output(graph.add("y", Binary.ADD, "x", "c")).build());
    assertThatThrownBy(() -> model.writeOnnx(file)).hasMessage("the weights are gone");
    assertThat(file).hasContent("precious");
    assertThat(folder).isDirectoryNotContaining(f -> !f.equals(file));
  }

  private static Tensor lost() {
    throw new IllegalStateException("the weights are gone");
  }

  @Test
  void onlyOnnxIsWritten() {
    Path file = folder.resolve("a.tflite");
    assertThat(command.run("convert", "cifar_resnet20", "--to", file.toString())).isEqualTo(2);
    assertThat(command.errors()).contains("ends in .onnx");
    assertThat(file).doesNotExist();
  }
}
