package io.clarinet.examples;

import io.clarinet.Batcher;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Classifies a folder of pictures: read by all cores, run in batches, and one that is broken harms
 * no other. {@code clarinet classify FOLDER --output answers.csv} is the same as a command, for any
 * number of pictures, and goes on where it was stopped.
 */
public final class Folder {
  private static final int BATCH = 4;

  private Folder() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("clarinet-folder");
    for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
      Files.write(folder.resolve(sample.getKey()), sample.getValue().png());
    }
    Files.writeString(folder.resolve("broken.png"), "no picture");

    Model model = Model.bundled().withAnyBatch();
    List<String> lines;
    try (Session session = model.open();
        Batcher batcher = new Batcher(session, BATCH, Duration.ofMillis(5));
        Stream<Path> files = Files.list(folder)) {
      Classifier classifier = Classifier.of(model, session);
      List<Path> sorted = files.sorted().toList();
      lines = sorted.parallelStream().map(file -> line(file, classifier, batcher)).toList();
    }
    lines.forEach(System.out::println);
    Check.that(lines.size() == 7, "every picture has a line");
    Check.that(lines.get(6).startsWith("broken.png: error"), "a broken one says so");
    Check.that(lines.get(0).startsWith("1_O.png: O"), "the others have their classes");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static String line(Path file, Classifier classifier, Batcher batcher) {
    String name = file.getFileName().toString();
    try {
      var scores = batcher.run(classifier.input(List.of(Picture.read(file)))).join();
      return name + ": " + classifier.predictions(scores, 1, 1).get(0).get(0).label();
    } catch (IOException e) {
      return name + ": error: " + e.getMessage();
    }
  }
}
