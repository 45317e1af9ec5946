package io.clarinet.djl;

import ai.djl.Device;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.repository.zoo.Criteria;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bundled network as DJL takes it: a folder with a file and its {@code synset.txt}. */
final class Glyphs {
  private static final float[] HALF = {0.5f, 0.5f, 0.5f};

  private Glyphs() {}

  static Path folder(Path place) throws IOException {
    Model model = Model.bundled();
    model.writeOnnx(place.resolve("glyphs.onnx"));
    Files.write(place.resolve("synset.txt"), Classifier.labelsOf(model).names());
    return place;
  }

  static ImageClassificationTranslator translator() {
    return ImageClassificationTranslator.builder()
        .addTransform(new ToTensor())
        .addTransform(new Normalize(HALF, HALF))
        .optApplySoftmax(true)
        .build();
  }

  static Criteria.Builder<Image, Classifications> criteria(Path place) {
    return Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optModelPath(place)
        .optDevice(Device.cpu())
        .optTranslator(translator());
  }

  static List<Picture> pictures() throws IOException {
    return List.copyOf(Bundled.samples().values());
  }

  static Image image(Picture picture) throws IOException {
    return ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(picture.png()));
  }

  static List<Image> images() throws IOException {
    List<Image> images = new java.util.ArrayList<>();
    for (Picture picture : pictures()) {
      images.add(image(picture));
    }
    return images;
  }
}
