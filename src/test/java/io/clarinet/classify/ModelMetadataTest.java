package io.clarinet.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.graph.Graph;
import io.clarinet.image.ChannelOrder;
import io.clarinet.image.Labels;
import io.clarinet.image.Preprocess;
import io.clarinet.importer.ZooTensors;
import io.clarinet.importer.pytorch.PyTorchWriter;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model's metadata decide how its pictures and classes are read. */
class ModelMetadataTest {
  private static final String NETWORK = "preact_resnet20";

  @TempDir Path folder;

  /** A model with these metadata only, through an ONNX file, as an exporter writes them. */
  private Model exported(Map<String, String> metadata) throws IOException {
    Graph graph = Zoo.find(NETWORK).orElseThrow().graph(new SeededWeights(1));
    Graph described =
        new Graph(
            graph.name(),
            graph.inputs(),
            graph.outputs(),
            graph.constants(),
            graph.nodes(),
            metadata);
    Path file = folder.resolve("model.onnx");
    Model.of(described).writeOnnx(file);
    return Model.load(file);
  }

  @Test
  void labelsAreReadUnderTheKeysOfExporters() throws IOException {
    for (Map<String, String> metadata :
        List.of(
            Map.of("labels", "cat,dog"),
            Map.of("classes", "[\"cat\", \"dog\"]"),
            Map.of("names", "{0: 'cat', 1: 'dog'}"),
            Map.of("class_names", "cat\ndog"),
            Map.of("id2label", "{\"0\": \"cat\", \"1\": \"dog\"}"))) {
      assertThat(Classifier.labelsOf(exported(metadata)).names()).containsExactly("cat", "dog");
    }
  }

  @Test
  void withoutSoundLabelsTheyAreImageNets() throws IOException {
    for (Map<String, String> metadata :
        List.of(Map.of("k", "v"), Map.of("classes", "1000"), Map.of("names", "{7: 'cat'}"))) {
      assertThat(Classifier.labelsOf(exported(metadata))).isEqualTo(Labels.imageNet());
    }
    assertThat(Classifier.labelsOf(Model.zoo("cifar_resnet20"))).isEqualTo(Labels.cifar10());
  }

  @Test
  void meanAndDeviationAreReadOnTheirScale() throws IOException {
    Map<String, String> ofOne =
        Map.of(
            "mean", "[0.5, 0.4, 0.3]", "std", "(0.2, 0.2, 0.2)", "size", "192", "crop_pct", "0.75");
    assertThat(Classifier.preprocessOf(exported(ofOne)))
        .isEqualTo(
            new Preprocess(
                256,
                192,
                ChannelOrder.RGB,
                1,
                List.of(0.5f, 0.4f, 0.3f),
                List.of(0.2f, 0.2f, 0.2f)));
    Map<String, String> ofBytes =
        Map.of("mean", "104 117 123", "std", "1", "color_format", "BGR", "resize", "256");
    assertThat(Classifier.preprocessOf(exported(ofBytes))).isEqualTo(Preprocess.CAFFE);
  }

  /** timm takes {@code math.floor(img_size / crop_pct)}: 235.8, 248.9, 40 and 250 exactly. */
  @ParameterizedTest
  @CsvSource({
    "224, 0.95, 235",
    "224, 0.9, 248",
    "32, 0.8, 40",
    "240, 0.96, 250",
    "299, 0.875, 341"
  })
  void timmsShareOfThePictureIsRoundedDown(String size, String share, int resize)
      throws IOException {
    Map<String, String> metadata = Map.of("input_size", "[3, " + size + "]", "crop_pct", share);
    assertThat(Classifier.preprocessOf(exported(metadata)).resize()).isEqualTo(resize);
  }

  @Test
  void ultralyticsNetworksSeeSamplesFromZeroToOne() throws IOException {
    Map<String, String> metadata = Map.of("imgsz", "[64, 64]", "names", "{0: 'cat', 1: 'dog'}");
    assertThat(Classifier.preprocessOf(exported(metadata)))
        .isEqualTo(new Preprocess(64, 64, ChannelOrder.RGB, 1, List.of(0f), List.of(1f)));
  }

  @Test
  void whatMakesNoSenseIsPassedOver() throws IOException {
    for (Map<String, String> metadata :
        List.of(
            Map.of("mean", "none"),
            Map.of("mean", "1,2"),
            Map.of("preprocess", "unheard of"),
            Map.of("size", "99999999"),
            Map.of("size", "224", "crop_pct", "0"))) {
      assertThat(Classifier.preprocessOf(exported(metadata))).isEqualTo(Preprocess.TORCH);
    }
  }

  @Test
  void timmsConfigurationBesideAFileOfWeightsIsRead() throws IOException {
    Path file = folder.resolve("pytorch_model.bin");
    Files.write(file, PyTorchWriter.zip(ZooTensors.of(NETWORK)));
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        """
        {"architecture": "preact_resnet20", "num_classes": 36, "extra": {"mean": [9, 9, 9]},
         "pretrained_cfg": {"input_size": [3, 32, 32], "crop_pct": 0.8, "mean": [0.5, 0.5, 0.5],
           "std": [0.25, 0.25, 0.25], "interpolation": "bicubic", "classifier": null},
         "label_names": ["a", "b, or c"]}
        """);
    Model model = Model.load(file);
    assertThat(model.metadata()).containsEntry("architecture", NETWORK);
    assertThat(Classifier.labelsOf(model).names()).containsExactly("a", "b, or c");
    assertThat(Classifier.preprocessOf(model))
        .isEqualTo(
            Preprocess.parse(
                "none,range=1,resize=40,crop=32,mean=0.5,std=0.25,interpolation=bicubic"));
    for (String other :
        List.of(
            "{", "[1]", "{\"mean\": [1, 2, 3]}", "{\"architecture\": \"x\", \"mean\": [[1]]}")) {
      Files.writeString(config, other);
      assertThat(Classifier.preprocessOf(Model.load(file)).crop()).isEqualTo(32);
    }
  }
}
