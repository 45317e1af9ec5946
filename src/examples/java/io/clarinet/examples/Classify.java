package io.clarinet.examples;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.ImageIO;

/** Classifies a picture that comes as a stream, as bytes, and as an image in memory. */
public final class Classify {
  private Classify() {}

  public static void main(String[] arguments) throws IOException {
    byte[] bytes = bytes();
    try (InputStream stream = new ByteArrayInputStream(bytes)) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      List<Picture> pictures =
          List.of(Picture.read(stream), Picture.read(bytes), Picture.read(image));

      Model model = Model.bundled();
      try (Session session = model.open()) {
        Classifier classifier = Classifier.of(model, session);
        for (List<Prediction> answer : classifier.classify(pictures, 3)) {
          for (Prediction p : answer) {
            System.out.printf("%5.1f %% %s   ", 100 * p.probability(), p.label());
          }
          System.out.println();
          Check.that(answer.get(0).label().equals("E"), "the picture shows an E");
        }
      }
    }
  }

  /** A file as it comes from an upload, say: JPEG, PNG, WebP, TIFF, BMP or GIF. */
  private static byte[] bytes() throws IOException {
    try (InputStream file = Classify.class.getResourceAsStream("E.png")) {
      return file.readAllBytes();
    }
  }
}
