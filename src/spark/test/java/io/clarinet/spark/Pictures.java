package io.clarinet.spark;

import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Folders with pictures for the bundled network, and its answers to them. */
final class Pictures {
  private Pictures() {}

  /** So many files of pictures that differ, in folders of folders. */
  static void write(Path folder, int count) throws IOException {
    List<Picture> samples = List.copyOf(Bundled.samples().values());
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("%d/%d/picture %d.png".formatted(i % 3, i % 2, i));
      Files.createDirectories(file.getParent());
      Files.write(file, darker(samples.get(i % samples.size()), i).png());
    }
  }

  private static Picture darker(Picture picture, int by) {
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.max(0, (rgb[i] & 0xff) - by);
    }
    return Picture.ofRgb(picture.width(), picture.height(), rgb);
  }

  /** The library's own answers to all pictures of a folder, asked in batches of one size. */
  static Map<String, Prediction> answers(Path folder, Device device, int batch) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var all = Files.walk(folder)) {
      all.filter(file -> file.toString().endsWith(".png")).sorted().forEach(files::add);
    }
    Map<String, Prediction> answers = new TreeMap<>();
    Model model = Model.bundled().withAnyBatch();
    try (Session session = model.open(device)) {
      Classifier classifier = Classifier.of(model, session);
      for (int from = 0; from < files.size(); from += batch) {
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files.subList(from, Math.min(files.size(), from + batch))) {
          pictures.add(Picture.read(file));
        }
        List<List<Prediction>> found = classifier.classify(pictures, 1);
        for (int i = 0; i < found.size(); i++) {
          answers.put(files.get(from + i).toString(), found.get(i).get(0));
        }
      }
    }
    return answers;
  }

  /** Rows by the paths of their files. */
  static Map<String, Row> byPath(Dataset<Row> answers) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : answers.collectAsList()) {
      String path = row.<String>getAs("path").replaceFirst("^file:(//)?", "");
      if (rows.put(path, row) != null) {
        throw new AssertionError("two rows for " + path);
      }
    }
    return rows;
  }

  /** All files below a folder, by Spark's own source. */
  static Dataset<Row> source(Path folder) {
    return LocalSpark.SESSION
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load(folder.toString());
  }
}
