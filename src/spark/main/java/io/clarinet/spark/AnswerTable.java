package io.clarinet.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of Parquet files with answers, which grows by a file with each task that ends. A note in
 * it tells what was asked: a job that asks something else is refused.
 */
final class AnswerTable {
  /** Readers pass over names like this. */
  private static final String NOTE = "_clarinet";

  /** Files appear as their tasks end, not all at the end: so a restart finds them. */
  private static final String COMMIT = "mapreduce.fileoutputcommitter.algorithm.version";

  private final SparkSession spark;
  private final String folder;

  AnswerTable(SparkSession spark, String folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /**
   * @throws IOException in one line, if the folder holds answers to something else
   */
  void claim(String asked) throws IOException {
    Path note = new Path(folder, NOTE);
    FileSystem system = note.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (system.exists(note)) {
      String before = read(system, note);
      if (!before.equals(asked)) {
        throw new IOException(
            "%s holds answers to something else (%s, and now %s); choose another --output"
                .formatted(folder, line(before), line(asked)));
      }
      return;
    }
    if (!isEmpty(system)) {
      throw new IOException(folder + " holds something else; choose another --output");
    }
    try (FSDataOutputStream out = system.create(note, false)) {
      out.write(asked.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String line(String note) {
    return note.strip().replace("\n", ", ");
  }

  private boolean isEmpty(FileSystem system) throws IOException {
    try {
      return system.listStatus(new Path(folder)).length == 0;
    } catch (FileNotFoundException e) {
      return true;
    }
  }

  private static String read(FileSystem system, Path note) throws IOException {
    try (FSDataInputStream in = system.open(note)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Those of the pictures that have no answer yet. */
  Dataset<Row> missing(Dataset<Row> paths) {
    Dataset<Row> there = rows();
    return paths.join(there, paths.col("path").equalTo(there.col("path")), "left_anti");
  }

  /** What is there: path and error of each answer. */
  Dataset<Row> rows() {
    StructType columns =
        new StructType().add("path", DataTypes.StringType).add("error", DataTypes.StringType);
    return spark.read().schema(columns).parquet(folder);
  }

  void add(Dataset<Row> answers) {
    answers.write().mode(SaveMode.Append).option(COMMIT, "2").parquet(folder);
  }
}
