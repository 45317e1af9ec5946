package io.clarinet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on two executors, of which one, or the driver, is killed in the middle: {@code ./clarinet
 * test --spark}.
 */
@Tag("cluster")
class ClusterTest {
  private static final int PICTURES = 600;
  private static final int BATCH = 8;

  @TempDir static Path folder;
  private static Path input;
  private static Path model;
  private static Map<String, Prediction> wanted;

  private Process job;

  @BeforeAll
  static void writePictures() throws IOException {
    Cluster.layHome();
    input = folder.resolve("input");
    Pictures.write(input, PICTURES);
    model = folder.resolve("glyphs.onnx"); // not the bundled one, so that a file has to be brought
    Model.bundled().writeOnnx(model);
    wanted = Pictures.answers(input, Device.cpu(), BATCH);
  }

  @AfterEach
  void end() {
    if (job != null) {
      job.descendants().forEach(ProcessHandle::destroyForcibly);
      job.destroyForcibly();
    }
  }

  private void submit(Path output, Path log) throws IOException {
    job =
        Cluster.submit(
            log,
            "--model",
            model.toString(),
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--device",
            "cpu",
            "--pictures-per-task",
            "20");
  }

  private static Map<String, Row> rows(Path output) {
    return Pictures.byPath(LocalSpark.SESSION.read().parquet(output.toString()));
  }

  private static void assertAllOnce(Path output) {
    Map<String, Row> rows = rows(output);
    assertThat(rows.keySet()).isEqualTo(wanted.keySet());
    rows.forEach(
        (path, row) ->
            assertThat(row.<Float>getAs("probability")).isEqualTo(wanted.get(path).probability()));
  }

  @Test
  void anExecutorThatIsKilledLosesAndDoublesNothing() throws Exception {
    Path output = folder.resolve("executor");
    Path log = folder.resolve("executor.log");
    submit(output, log);
    Cluster.awaitFiles(job, output, 3);
    List<ProcessHandle> executors = Cluster.executors(job);
    assertThat(executors).hasSize(2);
    executors.get(0).destroyForcibly();
    Cluster.awaitSuccess(job, log);
    assertThat(Files.readString(log)).contains("Lost executor ");
    assertAllOnce(output);
  }

  @Test
  void aJobThatIsKilledGoesOn() throws Exception {
    Path output = folder.resolve("driver");
    Path log = folder.resolve("driver.log");
    submit(output, log);
    Cluster.awaitFiles(job, output, 3);
    List<ProcessHandle> executors = Cluster.executors(job);
    job.destroyForcibly().waitFor();
    for (ProcessHandle executor : executors) {
      executor.onExit().get();
    }
    Map<String, Row> before = rows(output);
    submit(output, log);
    Cluster.awaitSuccess(job, log);
    assertThat(Files.readString(log))
        .contains((PICTURES - before.size()) + " pictures in ", "in all 600 answers");
    assertAllOnce(output);
  }
}
