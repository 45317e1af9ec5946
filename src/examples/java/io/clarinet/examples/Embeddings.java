package io.clarinet.examples;

import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the picture that is nearest to another, by the features before the classifier. Any value of
 * a model can be an output; {@code clarinet explain} and {@link Model#graph} list their names.
 */
public final class Embeddings {
  private Embeddings() {}

  public static void main(String[] arguments) throws IOException {
    Model model = Model.bundled().withOutputs("flatten");
    Preprocess preprocess = Classifier.preprocessOf(model);
    try (Session session = model.open()) {
      System.out.println(model.name() + " gives " + session.outputs());

      Map<String, float[]> known = new LinkedHashMap<>();
      for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
        known.put(sample.getKey(), features(session, preprocess, sample.getValue()));
      }
      for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
        float[] query = features(session, preprocess, darker(sample.getValue()));
        String nearest = nearest(query, known);
        System.out.println("darker " + sample.getKey() + " is nearest to " + nearest);
        Check.that(nearest.equals(sample.getKey()), "a darker picture is nearest to itself");
      }
    }
  }

  private static float[] features(Session session, Preprocess preprocess, Picture picture) {
    return session.run(preprocess.apply(picture)).toFloatArray();
  }

  private static String nearest(float[] query, Map<String, float[]> known) {
    return known.entrySet().stream()
        .max((a, b) -> Double.compare(cosine(query, a.getValue()), cosine(query, b.getValue())))
        .orElseThrow()
        .getKey();
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static Picture darker(Picture picture) {
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) ((rgb[i] & 0xff) * 7 / 8);
    }
    return Picture.ofRgb(picture.width(), picture.height(), rgb);
  }
}
