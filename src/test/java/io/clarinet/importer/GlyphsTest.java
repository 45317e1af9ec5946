package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The network and the sample pictures that ship inside the jar. */
class GlyphsTest {
  private static final Path RESOURCES = Path.of("src/main/resources/io/clarinet");
  private static final Path WEIGHTS = RESOURCES.resolve("models/glyphs.safetensors");

  @Test
  void theWeightsAreSmallAndSayWhatTheyAre() throws IOException {
    assertThat(Files.size(WEIGHTS)).isLessThanOrEqualTo(1_500_000);
    Map<String, String> metadata = ModelFile.read(WEIGHTS, Limits.DEFAULT).metadata();
    assertThat(metadata.get("labels").split(","))
        .hasSize(36)
        .startsWith("0", "1")
        .endsWith("Y", "Z");
    assertThat(metadata).containsKeys("title", "license").doesNotContainKey("weights");
    assertThat(Preprocess.parse(metadata.get("preprocess")).crop()).isEqualTo(32);
  }

  @Test
  void everySamplePictureIsRecognised() throws IOException {
    Graph graph = ModelFile.read(WEIGHTS, Limits.DEFAULT);
    String[] labels = Objects.requireNonNull(graph.metadata().get("labels")).split(",");
    for (Path sample : samples()) {
      float[] scores = scores(graph, sample);
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      assertThat(sample.getFileName().toString()).endsWith("_" + labels[best] + ".png");
    }
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("samples"))) {
      List<Path> samples = files.sorted().toList();
      assertThat(samples).hasSize(6);
      return samples;
    }
  }

  private static float[] scores(Graph graph, Path picture) throws IOException {
    Preprocess preprocess =
        Preprocess.parse(Objects.requireNonNull(graph.metadata().get("preprocess")));
    Tensor input = preprocess.apply(Picture.read(picture));
    return new ReferenceRunner(graph)
        .run(Map.of(graph.inputs().get(0).name(), input))
        .get(graph.outputs().get(0))
        .toFloatArray();
  }
}
