package io.clarinet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers by {@code local[2]}, beside the library's own. */
class ClarinetTest {
  private static final int BATCH = 4;
  private static final ClassifyOptions OPTIONS =
      ClassifyOptions.bundled().withDevice("cpu").withBatch(BATCH);

  @TempDir static Path folder;
  private static Map<String, Prediction> wanted;

  @BeforeAll
  static void writePictures() throws IOException {
    Pictures.write(folder, 6 * BATCH);
    wanted = Pictures.answers(folder, Device.cpu(), BATCH);
  }

  private static void assertAnswers(Dataset<Row> answers) {
    Map<String, Row> rows = Pictures.byPath(answers);
    assertThat(rows.keySet()).isEqualTo(wanted.keySet());
    rows.forEach(
        (path, row) -> {
          assertThat(row.<String>getAs("error")).isNull();
          assertThat(row.<String>getAs("label")).isEqualTo(wanted.get(path).label());
          assertThat(row.<Float>getAs("probability")).isEqualTo(wanted.get(path).probability());
        });
  }

  @Test
  void answersAreTheLibrarysBitForBit() throws IOException {
    assertAnswers(Clarinet.classify(Pictures.source(folder), OPTIONS));
  }

  /** Partitions whose pictures fill no batch, nor a second one. */
  @Test
  void answersDoNotDependOnPartitions() throws IOException {
    assertAnswers(Clarinet.classify(Pictures.source(folder).repartition(7), OPTIONS));
  }

  @Test
  void pathsAloneAreReadByTheTasks() throws IOException {
    assertAnswers(Clarinet.classify(Pictures.source(folder).select("path"), OPTIONS));
  }

  @Test
  void tasksShareOneSession() throws IOException {
    assertAnswers(Clarinet.classify(Pictures.source(folder).repartition(8), OPTIONS));
    assertThat(OpenModels.count()).isEqualTo(1);
  }

  @Test
  void aModelsFileIsBroughtAndGivesTheSame(@TempDir Path models) throws IOException {
    Path file = models.resolve("glyphs 1.onnx");
    Model.bundled().writeOnnx(file);
    ClassifyOptions brought =
        ClassifyOptions.of(file.toString()).withDevice("cpu").withBatch(BATCH);
    assertAnswers(Clarinet.classify(Pictures.source(folder), brought));
    assertAnswers(Clarinet.classify(Pictures.source(folder), brought.withSharedPath()));
  }

  @Test
  void aModelsUrlIsReadByEveryExecutor(@TempDir Path models) throws IOException {
    Path file = models.resolve("glyphs.onnx");
    Model.bundled().writeOnnx(file);
    String url = "file://" + file;
    ClassifyOptions options = ClassifyOptions.of(url).withDevice("cpu").withBatch(BATCH);
    assertAnswers(Clarinet.classify(Pictures.source(folder), options));
    Model.bundled().with("note", "another").writeOnnx(file);
    assertAnswers(Clarinet.classify(Pictures.source(folder), options));
  }

  @Test
  void anotherModelInThePlaceOfTheDriversIsRefused(@TempDir Path models) throws IOException {
    Path file = models.resolve("glyphs.onnx");
    Model.bundled().writeOnnx(file);
    Dataset<Row> answers =
        Clarinet.classify(
            Pictures.source(folder), ClassifyOptions.of(file.toString()).withSharedPath());
    Model.bundled().with("note", "another").writeOnnx(file);
    assertThatThrownBy(answers::collectAsList)
        .hasStackTraceContaining(file + " is not the model that the driver read: its SHA-256 is ");
  }

  @Test
  void whatIsNoPictureIsARowWithAnError(@TempDir Path others) throws IOException {
    Pictures.write(others, 3);
    Files.writeString(others.resolve("a.png"), "no picture");
    byte[] whole = Files.readAllBytes(others.resolve("0/0/picture 0.png"));
    Files.write(others.resolve("b.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.createFile(others.resolve("c.png"));
    Dataset<Row> paths = PictureFolder.paths(LocalSpark.SESSION, others.toString(), "*");
    Files.delete(others.resolve("1/1/picture 1.png"));
    Map<String, Row> rows = Pictures.byPath(Clarinet.classify(paths, OPTIONS));
    assertThat(rows).hasSize(6);
    rows.forEach(
        (path, row) -> {
          boolean good = path.endsWith("picture 0.png") || path.endsWith("picture 2.png");
          assertThat(row.getAs("error") == null).as(path).isEqualTo(good);
          assertThat(row.getAs("label") == null).as(path).isNotEqualTo(good);
        });
    assertThat(rows.get(others.resolve("1/1/picture 1.png").toString()).<String>getAs("error"))
        .startsWith("there is no file ");
  }

  @Test
  void numbersInPlaceOfLabels() throws IOException {
    List<Row> rows =
        Clarinet.classify(Pictures.source(folder), OPTIONS.withEmbedding("flatten"))
            .collectAsList();
    assertThat(rows).hasSameSizeAs(wanted.keySet());
    assertThat(rows)
        .allMatch(row -> row.getAs("label") == null && row.getAs("probability") == null)
        .allMatch(row -> row.getList(row.fieldIndex("embedding")).size() > 10);
  }

  @Test
  void aFunctionOfSqlGivesTheSameLabels() throws IOException {
    Clarinet.register(LocalSpark.SESSION, "seen_in", OPTIONS);
    Pictures.source(folder).createOrReplaceTempView("pictures");
    Map<String, Row> rows =
        Pictures.byPath(
            LocalSpark.SESSION.sql(
                "select path, seen.* from (select path, seen_in(content) as seen from pictures)"));
    assertThat(rows.keySet()).isEqualTo(wanted.keySet());
    rows.forEach(
        (path, row) -> assertThat(row.<String>getAs("label")).isEqualTo(wanted.get(path).label()));
  }

  @Test
  void aTableWithoutPicturesIsRefusedAtOnce() {
    Dataset<Row> names = LocalSpark.SESSION.createDataset(List.of("a"), Encoders.STRING()).toDF();
    assertThatThrownBy(() -> Clarinet.classify(names, OPTIONS))
        .hasMessageStartingWith("no column \"path\" among [value]");
    assertThatThrownBy(
            () -> Clarinet.classify(names.selectExpr("value path", "value content"), OPTIONS))
        .hasMessage("column \"content\" is string, and has to be binary");
  }

  @Test
  void aModelThatCannotBeOpenedIsRefusedOnTheDriver() {
    Dataset<Row> pictures = Pictures.source(folder);
    assertThatThrownBy(() -> Clarinet.classify(pictures, ClassifyOptions.of("no/model.onnx")))
        .hasMessageContaining("no/model.onnx");
    assertThatThrownBy(() -> Clarinet.classify(pictures, ClassifyOptions.of("hf:a/b")))
        .hasMessageContaining("clarinet convert hf:a/b --to FILE.onnx");
    assertThatThrownBy(() -> Clarinet.classify(pictures, OPTIONS.withEmbedding("flaten")))
        .hasMessageContaining("flatten");
  }
}
