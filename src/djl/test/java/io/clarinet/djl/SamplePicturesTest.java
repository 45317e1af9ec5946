package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.CenterCrop;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos through DJL's translators get the labels that {@code classify} gives them. */
@RequiresOpenCl
class SamplePicturesTest {
  private static final Path DATA = Path.of("../shared/data");
  private static final int BATCH = 10;
  private static final float[] MEAN = {104, 117, 123};

  @TempDir static Path folder;
  private static List<Path> photos;
  private static List<Image> images;

  @BeforeAll
  static void readPhotos() throws IOException {
    if (!Files.isDirectory(DATA)) {
      return;
    }
    try (Stream<Path> files = Files.list(DATA.resolve("images/imagenet-sample"))) {
      photos = files.filter(f -> f.getFileName().toString().startsWith("n")).sorted().toList();
    }
    images = new ArrayList<>();
    for (Path photo : photos) {
      images.add(ImageFactory.getInstance().fromFile(photo));
    }
    assertThat(images).hasSize(100);
  }

  @BeforeEach
  void requirePhotos() {
    assumeTrue(photos != null, "the shared models and pictures are not in " + DATA);
  }

  /** All by arguments, torchvision's way: what the network then sees is far from its training. */
  @Test
  void stockArgumentsGiveTheLabelsOfClassify() throws Exception {
    Criteria.Builder<Image, Classifications> criteria =
        criteria("models/squeezenet1.1_caffe.safetensors")
            .optTranslatorFactory(new ImageClassificationTranslatorFactory())
            .optArgument("resizeShort", "256")
            .optArgument("centerCrop", "true")
            .optArgument("normalize", "true")
            .optArgument("synsetUrl", synset().toString());
    assertThat(labels(criteria, 4 * BATCH))
        .isEqualTo(labelsOfClassify(Preprocess.TORCH, 4 * BATCH));
  }

  /** Caffe's way of rounding the longer side is not that of ResizeShort. */
  @Test
  void caffesWayGivesTheLabelsOfClassify() throws Exception {
    List<String> wanted = labelsOfClassify(Preprocess.CAFFE, 10 * BATCH);
    Criteria.Builder<Image, Classifications> onnx =
        criteria("models/squeezenet1.1_caffe.onnx")
            .optOption("anyBatch", "true")
            .optTranslator(caffes(false));
    assertThat(labels(onnx, 10 * BATCH)).isEqualTo(wanted);
    Criteria.Builder<Image, Classifications> keras =
        criteria("keras/squeezenet1.1_caffe.h5").optTranslator(caffes(true));
    assertThat(labels(keras, 2 * BATCH)).isEqualTo(wanted.subList(0, 2 * BATCH));
  }

  private static List<String> labelsOfClassify(Preprocess preprocess, int count)
      throws IOException {
    List<String> labels = new ArrayList<>();
    Model model = Model.load(DATA.resolve("models/squeezenet1.1_caffe.safetensors"));
    try (Session session = model.open(io.clarinet.Device.find("opencl"))) {
      Classifier classifier = new Classifier(session, preprocess, Labels.imageNet());
      for (int i = 0; i < count; i += BATCH) {
        List<Picture> pictures = new ArrayList<>();
        for (Path photo : photos.subList(i, i + BATCH)) {
          pictures.add(Picture.read(photo));
        }
        classifier.classify(pictures, 1).forEach(best -> labels.add(best.get(0).label()));
      }
    }
    return labels;
  }

  private static URL synset() throws IOException {
    Path file = Files.write(folder.resolve("synset.txt"), Labels.imageNet().names());
    return file.toUri().toURL();
  }

  private static Criteria.Builder<Image, Classifications> criteria(String file) {
    return Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optModelPath(DATA.resolve(file))
        .optDevice(Device.of("opencl", 0));
  }

  private static List<String> labels(Criteria.Builder<Image, Classifications> criteria, int count)
      throws Exception {
    List<String> labels = new ArrayList<>();
    try (ZooModel<Image, Classifications> model = criteria.build().loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      for (int i = 0; i < count; i += BATCH) {
        predictor
            .batchPredict(images.subList(i, i + BATCH))
            .forEach(answer -> labels.add(answer.best().getClassName()));
      }
    }
    return labels;
  }

  /** Blue first, 0..255, less the mean. */
  private static ImageClassificationTranslator caffes(boolean channelsLast) {
    ImageClassificationTranslator.Builder builder =
        ImageClassificationTranslator.builder()
            .addTransform(SamplePicturesTest::shorterSideTo256)
            .addTransform(new CenterCrop(224, 224))
            .addTransform(array -> array.flip(2))
            .optSynset(Labels.imageNet().names());
    if (channelsLast) {
      builder.addTransform(array -> array.toType(DataType.FLOAT32, false).sub(mean(array)));
    } else {
      float[] mean = {MEAN[0] / 255, MEAN[1] / 255, MEAN[2] / 255};
      float[] range = {1 / 255f, 1 / 255f, 1 / 255f};
      builder.addTransform(new ToTensor()).addTransform(new Normalize(mean, range));
    }
    return builder.build();
  }

  private static NDArray shorterSideTo256(NDArray array) {
    long height = array.getShape().get(0);
    long width = array.getShape().get(1);
    double scale = 256.0 / Math.min(height, width);
    return NDImageUtils.resize(
        array, (int) Math.rint(width * scale), (int) Math.rint(height * scale));
  }

  private static NDArray mean(NDArray array) {
    return array.getManager().create(MEAN);
  }
}
