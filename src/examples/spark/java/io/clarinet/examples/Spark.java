package io.clarinet.examples;

import io.clarinet.Bundled;
import io.clarinet.image.Picture;
import io.clarinet.spark.Clarinet;
import io.clarinet.spark.ClassifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Classifies a folder of pictures by Apache Spark, here by two threads of this JVM: a table of
 * files in, a table of answers out, and one that is broken harms no other. Without a program of
 * your own the class {@code io.clarinet.spark.ClassifyJob} does the same by {@code spark-submit}.
 */
public final class Spark {
  private Spark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = folder();
    try (SparkSession spark = session()) {
      Dataset<Row> pictures = spark.read().format("binaryFile").load(folder.toString());
      Dataset<Row> answers = Clarinet.classify(pictures, ClassifyOptions.bundled());
      Path table = folder.resolve("answers");
      answers.write().parquet(table.toString());
      check(spark.read().parquet(table.toString()).orderBy("path").collectAsList());
    } finally {
      delete(folder);
    }
  }

  /** On a cluster {@code spark-submit} says all this, and the builder alone is enough. */
  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("clarinet")
        .config("spark.log.level", "WARN")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("clarinet-spark");
    for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
      Files.write(folder.resolve(sample.getKey()), sample.getValue().png());
    }
    Files.writeString(folder.resolve("broken.png"), "no picture");
    return folder;
  }

  private static void check(List<Row> rows) {
    rows.forEach(System.out::println);
    boolean right = rows.size() == 7 && rows.get(0).<String>getAs("label").equals("O");
    boolean told = rows.get(6).getAs("label") == null && rows.get(6).getAs("error") != null;
    if (!right || !told) {
      throw new AssertionError("not so: every picture has a row, and a broken one an error");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
