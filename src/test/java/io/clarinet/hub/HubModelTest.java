package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.image.Preprocess;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ZooTensors;
import io.clarinet.importer.safetensors.SafetensorsWriter;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of a hub is one as any other, and says itself what its repository says of it. */
class HubModelTest {
  private static final String NETWORK = "preact_resnet20";

  @TempDir Path folder;
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    server = new HubServer();
    System.setProperty("clarinet.hub", server.address().toString());
    System.setProperty("clarinet.hub.cache", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    server.close();
    System.clearProperty("clarinet.hub");
    System.clearProperty("clarinet.hub.cache");
  }

  private byte[] weights() throws IOException {
    Path file = folder.resolve("weights");
    return Files.readAllBytes(SafetensorsWriter.write(file, ZooTensors.of(NETWORK), Map.of()));
  }

  private static Model model(String text) throws IOException {
    return Model.of(text, ImportOptions.DEFAULT);
  }

  @Test
  void timmsModelsCarryLabelsAndPreprocessing() throws IOException {
    server
        .with("model.safetensors", weights())
        .with(
            "config.json",
            """
            {"architecture": "preact_resnet20", "num_classes": 36, "pretrained_cfg": {
              "input_size": [3, 32, 32], "crop_pct": 0.8, "mean": [0.5, 0.5, 0.5],
              "std": [0.25, 0.25, 0.25], "label_names": ["a", "b, or c", "[d]"]}}
            """);
    Model loaded = model("hf:acme/net");
    assertThat(loaded.metadata()).containsEntry("architecture", NETWORK);
    assertThat(loaded.isTrained()).isTrue();
    assertThat(Classifier.labelsOf(loaded).names()).containsExactly("a", "b, or c", "[d]");
    assertThat(Classifier.preprocessOf(loaded))
        .isEqualTo(Preprocess.parse("none,range=1,resize=40,crop=32,mean=0.5,std=0.25"));
    int questions = server.asked.size();
    server.close();
    assertThat(model("hf:acme/net").metadata()).isEqualTo(loaded.metadata());
    assertThat(model("hf:acme/net@main:model.safetensors").metadata()).isEqualTo(loaded.metadata());
    assertThat(server.asked).hasSize(questions);
  }

  @Test
  void onnxModelsToo() throws IOException {
    GraphBuilder graph = new GraphBuilder("pooled");
    graph.input("x", -1, 3, 64, 64);
    Path file = folder.resolve("model.onnx");
    Model.of(graph.output(graph.add("y", new GlobalPool2d(Pool2d.Kind.AVERAGE), "x")).build())
        .writeOnnx(file);
    server
        .with("onnx/model.onnx", Files.readAllBytes(file))
        .with(
            "config.json",
            "{\"model_type\": \"resnet\", \"id2label\": {\"1\": \"dog\", \"0\": \"cat\"}}")
        .with(
            "preprocessor_config.json",
            "{\"size\": {\"height\": 64, \"width\": 64}, \"image_mean\": [0.5, 0.5, 0.5],"
                + " \"image_std\": [0.5, 0.5, 0.5]}");
    Model loaded = model("hf:acme/net");
    assertThat(Classifier.labelsOf(loaded).names()).containsExactly("cat", "dog");
    assertThat(Classifier.preprocessOf(loaded))
        .isEqualTo(Preprocess.parse("none,resize=exact,crop=64,range=1,mean=0.5,std=0.5"));
  }

  @Test
  void faultsNameTheModel() {
    assertThatThrownBy(() -> model("hf:acme/other"))
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("hf:acme/other: the hub has no such model");
    assertThatThrownBy(() -> model("hf:acme")).hasMessageContaining("write hf:OWNER/NAME");
  }
}
