package io.clarinet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Device;
import io.clarinet.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job by {@code local[2]}: what it writes, and what a second one writes beside. */
class ClassifyJobTest {
  private static final int BATCH = 4;
  private static final int PICTURES = 24;

  @TempDir Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void writePictures() throws IOException {
    input = folder.resolve("in put");
    output = folder.resolve("output");
    Pictures.write(input, PICTURES);
  }

  private String run(String... more) throws IOException {
    List<String> arguments = new java.util.ArrayList<>(List.of(more));
    arguments.addAll(List.of("--input", "" + input, "--output", "" + output, "--device", "cpu"));
    arguments.addAll(List.of("--batch", "" + BATCH, "--pictures-per-task", "4"));
    return ClassifyJob.run(
        LocalSpark.SESSION, JobArguments.parse(arguments.toArray(String[]::new)));
  }

  private Map<String, Row> rows() {
    return Pictures.byPath(LocalSpark.SESSION.read().parquet(output.toString()));
  }

  private Map<Path, Long> files() throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    try (var all = Files.list(output)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        files.put(file, Files.getLastModifiedTime(file).toMillis());
      }
    }
    return files;
  }

  @Test
  void writesTheLibrarysAnswers() throws IOException {
    Files.createFile(input.resolve("empty.png"));
    assertThat(run()).startsWith("25 pictures in ").endsWith("in all 25 answers, 1 of them errors");
    Map<String, Row> rows = rows();
    Row bad = rows.remove(input.resolve("empty.png").toString());
    assertThat(bad.<String>getAs("error")).isNotEmpty();
    Files.delete(input.resolve("empty.png"));
    Map<String, Prediction> wanted = Pictures.answers(input, Device.cpu(), BATCH);
    assertThat(rows.keySet()).isEqualTo(wanted.keySet());
    rows.forEach(
        (path, row) ->
            assertThat(row.<Float>getAs("probability")).isEqualTo(wanted.get(path).probability()));
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    run();
    Map<String, Row> whole = rows();
    List<Path> lost = files().keySet().stream().limit(2).toList();
    long missing = PICTURES;
    for (Path file : lost) {
      Files.delete(file);
    }
    Path torn = output.resolve("_temporary/0/task/part-00000.snappy.parquet");
    Files.createDirectories(torn.getParent());
    Files.writeString(torn, "of a task that was killed");
    missing -= rows().size();
    Map<Path, Long> kept = files();
    assertThat(run()).startsWith(missing + " pictures in ");
    assertThat(rows()).isEqualTo(whole);
    assertThat(files()).containsAllEntriesOf(kept);
    assertThat(run()).startsWith("0 pictures in ");
  }

  @Test
  void newPicturesJoinTheOld() throws IOException {
    run();
    Pictures.write(input, PICTURES + 5);
    assertThat(run()).startsWith("5 pictures in ");
    assertThat(rows()).hasSize(PICTURES + 5);
  }

  @Test
  void answersToSomethingElseAreNotMixed() throws IOException {
    run();
    assertThatThrownBy(() -> run("--embedding", "flatten"))
        .hasMessageContaining(output + " holds answers to something else (model bundled, ")
        .hasMessageEndingWith("; choose another --output");
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("mine.txt"), "mine");
    output = foreign;
    assertThatThrownBy(this::run).hasMessageStartingWith(foreign + " holds something else");
  }

  @Test
  void nonsenseIsToldApart() {
    assertThatThrownBy(() -> JobArguments.parse("--input", "a"))
        .hasMessageStartingWith("which pictures, and where to?");
    assertThatThrownBy(() -> JobArguments.parse("--inptu", "a"))
        .hasMessageStartingWith("no option \"--inptu\"; --input FOLDER");
    assertThatThrownBy(() -> JobArguments.parse("--input")).hasMessage("--input wants a value");
    assertThatThrownBy(() -> JobArguments.parse("--batch", "many"))
        .hasMessage("--batch wants a number, not many");
    assertThatThrownBy(() -> JobArguments.parse("--preprocess", "sepia"))
        .hasMessageContaining("sepia");
  }
}
