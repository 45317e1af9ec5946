package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Joints;
import ai.djl.modality.cv.output.Mask;
import ai.djl.modality.cv.transform.CenterFit;
import ai.djl.modality.cv.transform.Pad;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.BaseImageTranslator.BaseBuilder;
import ai.djl.modality.cv.translator.ImageFeatureExtractor;
import ai.djl.modality.cv.translator.SemanticSegmentationTranslator;
import ai.djl.modality.cv.translator.SimplePoseTranslator;
import ai.djl.modality.cv.translator.SingleShotDetectionTranslator;
import ai.djl.modality.cv.translator.StyleTransferTranslator;
import ai.djl.modality.cv.translator.YoloPoseTranslator;
import ai.djl.modality.cv.translator.YoloSegmentationTranslator;
import ai.djl.modality.cv.translator.YoloTranslator;
import ai.djl.modality.cv.translator.YoloV8Translator;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Translator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DJL's translators of images, on arrays as a network takes and gives them. */
class TranslatorsTest {
  private static final int SIDE = 4;

  /** Two rows. */
  private static final int[] PIXELS = {
    0xff010203, 0xff040506, 0xff070809, 0xff0a0b0c, 0xff111213, 0xff141516, 0xff171819, 0xff1a1b1c
  };

  private NDManager manager;
  private Context context;
  private Image image;

  @BeforeEach
  void make() {
    manager = NDManager.newBaseManager(Device.cpu(), "Clarinet");
    context = new Context(manager);
    image = ImageFactory.getInstance().fromPixels(PIXELS, 4, 2);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray array(Shape shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return manager.create(floats, shape);
  }

  private <T> T answer(Translator<Image, T> translator, NDArray... outputs) throws Exception {
    translator.processInput(context, image);
    translator.prepare(context);
    return translator.processOutput(context, new NDList(outputs));
  }

  private static <T extends BaseBuilder<?>> T sized(T builder) {
    builder.setImageSize(SIDE, SIDE);
    builder.addTransform(new Resize(SIDE, SIDE));
    builder.addTransform(new ToTensor());
    return builder;
  }

  @Test
  void picturesAreMadeSquare() throws Exception {
    Translator<Image, float[]> padded =
        ImageFeatureExtractor.builder()
            .addTransform(new Pad(7))
            .addTransform(new ToTensor())
            .build();
    NDArray tensor = padded.processInput(context, image).get(0);
    assertThat(tensor.getShape()).isEqualTo(new Shape(3, 4, 4));
    assertThat(tensor.get(0, 1).mul(255).round().toFloatArray()).containsExactly(17, 20, 23, 26);
    assertThat(tensor.get(0, 2).mul(255).round().toFloatArray()).containsOnly(7);
    Translator<Image, float[]> fitted =
        ImageFeatureExtractor.builder().addTransform(new CenterFit(2, 5)).build();
    NDArray cut = fitted.processInput(context, image).get(0);
    assertThat(cut.getShape()).isEqualTo(new Shape(5, 2, 3));
    assertThat(cut.get(":, :, 0").toUint8Array()).containsExactly(0, 0, 4, 7, 20, 23, 0, 0, 0, 0);
  }

  @Test
  void features() throws Exception {
    float[] vector =
        answer(sized(ImageFeatureExtractor.builder()).build(), array(new Shape(2), 1, 2));
    assertThat(vector).containsExactly(1, 2);
  }

  @Test
  void boxesOfSingleShotDetection() throws Exception {
    DetectedObjects found =
        answer(
            sized(SingleShotDetectionTranslator.builder().optSynset(List.of("cat", "dog"))).build(),
            array(new Shape(2), 1, -1),
            array(new Shape(2), 0.9, 0.8),
            array(new Shape(2, 4), 0.1, 0.2, 0.5, 0.6, 0, 0, 0, 0));
    assertThat(found.getClassNames()).containsExactly("dog");
    DetectedObjects.DetectedObject dog = found.item(0);
    assertThat(dog.getBoundingBox().getBounds().getWidth()).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void boxesOfYolo() throws Exception {
    DetectedObjects found =
        answer(
            sized(YoloTranslator.builder().optSynset(List.of("cat", "dog"))).build(),
            array(new Shape(1, 1), 0),
            array(new Shape(1, 1), 0.9),
            array(new Shape(1, 4), 1, 2, 9, 3));
    assertThat(found.getClassNames()).containsExactly("cat");
    DetectedObjects.DetectedObject cat = found.item(0);
    assertThat(cat.getBoundingBox().getBounds().getWidth()).isEqualTo(0.75);
    DetectedObjects eighth =
        answer(
            sized(
                    YoloV8Translator.builder(Map.of("maxBox", 2, "toTensor", "false"))
                        .optSynset(List.of("cat", "dog")))
                .build(),
            array(new Shape(6, 2), 0, 2, 0, 2, 0, 2, 0, 2, 0, 0.1, 0, 0.9));
    assertThat(eighth.getClassNames()).containsExactly("dog");
  }

  @Test
  void masksOfYolo() throws Exception {
    NDArray boxes = manager.zeros(new Shape(4 + 1 + 32, 3));
    boxes.set(new NDIndex(":5, 1"), array(new Shape(5), 2, 2, 2, 2, 0.9));
    boxes.set(new NDIndex("5, 1"), 1);
    NDArray prototypes = manager.zeros(new Shape(32, 2, 2));
    prototypes.set(new NDIndex("0, 1, 0"), 3);
    DetectedObjects found =
        answer(
            sized(YoloSegmentationTranslator.builder().optSynset(List.of("cat"))).build(),
            boxes,
            prototypes);
    assertThat(found.getClassNames()).containsExactly("cat");
    DetectedObjects.DetectedObject cat = found.item(0);
    float[][] mask = ((Mask) cat.getBoundingBox()).getProbDist();
    assertThat(mask[1]).containsExactly(1, 0);
    assertThat(mask[0]).containsExactly(0, 0);
  }

  @Test
  void joints() throws Exception {
    NDArray heat = manager.zeros(new Shape(2, 2, 4));
    heat.set(new NDIndex("0, 1, 3"), 0.9);
    heat.set(new NDIndex("1, 0, 2"), 0.8);
    Joints found = answer(sized(SimplePoseTranslator.builder()).build(), heat);
    assertThat(found.getJoints()).hasSize(2);
    assertThat(found.getJoints().get(0).getX()).isEqualTo(0.75);
    assertThat(found.getJoints().get(0).getY()).isEqualTo(0.5);
    NDArray people = manager.zeros(new Shape(56, 2));
    people.set(new NDIndex(":5, 1"), array(new Shape(5), 2, 2, 2, 2, 0.9));
    people.set(new NDIndex("5, 1"), 3);
    Joints[] bodies = answer(sized(YoloPoseTranslator.builder()).build(), people);
    assertThat(bodies).hasSize(1);
    assertThat(bodies[0].getJoints().get(0).getX()).isEqualTo(0.75);
  }

  @Test
  void categories() throws Exception {
    CategoryMask mask =
        answer(
            SemanticSegmentationTranslator.builder(Map.of("shortEdge", 2, "maxEdge", 4))
                .optSynset(List.of("sky", "sea"))
                .build(),
            array(new Shape(1), 0),
            array(new Shape(2, 1, 2), 1, 0, 0, 1));
    assertThat(mask.getMask()[0]).containsExactly(0, 1);
  }

  @Test
  void styles() throws Exception {
    StyleTransferTranslator translator = new StyleTransferTranslator();
    NDArray tensor = translator.processInput(context, image).get(0);
    assertThat(tensor.getShape()).isEqualTo(new Shape(1, 3, 2, 4));
    assertThat(tensor.get(0, 1, 1).toFloatArray()).containsExactly(0x12, 0x15, 0x18, 0x1b);
    NDArray grey = manager.zeros(new Shape(1, 3, 2, 2));
    Image styled = translator.processOutput(context, new NDList(grey));
    assertThat(styled.toNDArray(manager).get(0, 0).toUint8Array()).containsExactly(128, 128, 128);
  }
}
