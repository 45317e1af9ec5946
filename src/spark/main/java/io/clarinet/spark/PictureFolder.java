package io.clarinet.spark;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The files of a folder and of all folders in it, as rows with a {@code path}. */
final class PictureFolder {
  private PictureFolder() {}

  /** The list is the source's own; its rows would leave out empty files. */
  static Dataset<Row> paths(SparkSession spark, String folder, String glob) {
    String[] files =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .option("pathGlobFilter", glob)
            .load(folder)
            .inputFiles();
    List<String> paths =
        Arrays.stream(files).map(file -> new Path(URI.create(file)).toString()).toList();
    return spark.createDataset(paths, Encoders.STRING()).toDF("path");
  }
}
