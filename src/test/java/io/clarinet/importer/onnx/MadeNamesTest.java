package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeNamesTest {
  @TempDir Path folder;

  @Test
  void passOverNamesThatTheFileGivesLater() throws IOException {
    Graph graph =
        ModelFile.read(
            new ModelWriter(13)
                .input("x", 1, 2)
                .node("Sum", "n", List.of("x", "x", "x", "x"))
                .node("Relu", "n/1", List.of("n"))
                .node("Relu", "n/3", List.of("n/1"))
                .output("n/3")
                .write(folder),
            Limits.DEFAULT);
    assertThat(graph.nodes()).hasSize(5);
    assertThat(graph.producers().get("n/1")).isNotNull();
  }

  @Test
  void takeLittleOfALongName() {
    FreshNames names = new FreshNames(Set.of());
    String node = "n".repeat(1_000_000);
    assertThat(names.next(node)).hasSizeLessThan(100).isNotEqualTo(names.next(node + "m"));
  }

  @Test
  void areNeverGivenTwice() {
    Set<String> defined = new HashSet<>(Set.of("a/2"));
    FreshNames names = new FreshNames(defined);
    names.reserve(List.of("a/3"));
    assertThat(List.of(names.next("a"), names.next("b"), names.next("a")))
        .containsExactly("a/1", "b/1", "a/4");
  }
}
