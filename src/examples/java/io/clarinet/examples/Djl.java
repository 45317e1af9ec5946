package io.clarinet.examples;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.clarinet.Classifier;
import io.clarinet.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Classifies a picture by the Deep Java Library, whose engine is Clarinet. */
public final class Djl {
  private static final float[] HALF = {0.5f, 0.5f, 0.5f};

  private Djl() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("OPT_OUT_TRACKING", "true"); // else DJL tells its makers of a start a day
    Path folder = folder();
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optEngine("Clarinet")
            .optModelPath(folder)
            .optTranslator(translator())
            .build();
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor();
        InputStream file = Djl.class.getResourceAsStream("E.png")) {
      Classifications classes = predictor.predict(ImageFactory.getInstance().fromInputStream(file));
      System.out.println(classes);
      String best = classes.best().getClassName();
      Check.that(best.equals("E"), "the picture shows an E");
    }
  }

  private static ImageClassificationTranslator translator() {
    return ImageClassificationTranslator.builder()
        .addTransform(new Resize(32))
        .addTransform(new ToTensor())
        .addTransform(new Normalize(HALF, HALF))
        .setImageSize(32, 32)
        .optApplySoftmax(true)
        .build();
  }

  /** A model as DJL wants it: a file, and the names of its classes beside it. */
  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("djl");
    Model model = Model.bundled();
    Path file = folder.resolve("glyphs.onnx");
    Path names = folder.resolve("synset.txt");
    model.writeOnnx(file);
    Files.write(names, Classifier.labelsOf(model).names());
    for (Path each : new Path[] {folder, file, names}) {
      each.toFile().deleteOnExit();
    }
    return folder;
  }
}
