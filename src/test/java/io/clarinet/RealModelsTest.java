package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.SharedData.Cifar;
import io.clarinet.SharedData.Sample;
import io.clarinet.graph.Input;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.importer.ImportOptions;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trained networks give their published answers, on OpenCL and on the CPU. */
@RequiresOpenCl
class RealModelsTest {
  private static final double NEAR_TIE = 1e-3;

  /** For pictures that were resized and cropped before. */
  private static final Preprocess CROPPED = Preprocess.parse("caffe,resize=exact");

  @ParameterizedTest
  @CsvSource({
    "opencl, models/bvlc_googlenet.onnx, refs/bvlc_googlenet, 76, 94",
    "cpu, models/bvlc_googlenet.onnx, refs/bvlc_googlenet, 76, 94",
    "opencl, models/squeezenet1.1_caffe.onnx, refs/squeezenet1.1_caffe, 62, 88",
    "cpu, models/squeezenet1.1_caffe.onnx, refs/squeezenet1.1_caffe, 62, 88",
    "opencl, models/squeezenet1.1_caffe_opset9_pads.onnx, refs/squeezenet1.1_caffe, 62, 88",
    "cpu, models/squeezenet1.1_caffe_opset9_pads.onnx, refs/squeezenet1.1_caffe, 62, 88"
  })
  void imageNetClassifiersHaveTheirKnownCountsAndGoldens(
      String device, String file, String refs, int top1, int top5) throws IOException {
    Model model = Model.load(SharedData.file(file));
    try (Session session = model.open(Device.find(device))) {
      for (int i = 0; i < 4; i++) {
        Tensor golden = SharedData.npy(refs + "/output_" + i + ".npy");
        Tensor output = session.run(SharedData.npy(refs + "/input_" + i + ".npy"));
        assertThat(TestTensors.relativeError(output, golden)).as("golden " + i).isLessThan(1e-4);
      }
      Classifier classifier = new Classifier(session, CROPPED, Labels.imageNet());
      int first = 0;
      int anyOfFive = 0;
      for (Sample sample : SharedData.imageNet("images/crop224")) {
        List<Integer> answers =
            classifier.classify(sample.picture(), 5).stream().map(Prediction::index).toList();
        first += answers.get(0) == sample.label() ? 1 : 0;
        anyOfFive += answers.contains(sample.label()) ? 1 : 0;
      }
      assertThat(first).isEqualTo(top1);
      assertThat(anyOfFive).isEqualTo(top5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "models/bvlc_googlenet.onnx, refs/bvlc_googlenet",
    "models/squeezenet1.1_caffe.onnx, refs/squeezenet1.1_caffe"
  })
  void networksThatFixTheirBatchGiveTheirGoldensInALargerOne(String file, String refs)
      throws IOException {
    Tensor batch = Tensor.zeros(Shape.of(3, 3, 224, 224));
    FloatBuffer pictures = batch.floats();
    for (int i = 0; i < 3; i++) {
      pictures.put(SharedData.npy(refs + "/input_" + i + ".npy").floats());
    }
    try (Session session =
        Model.load(SharedData.file(file)).withAnyBatch().open(Device.find("opencl"))) {
      Tensor output = session.run(batch);
      for (int i = 0; i < 3; i++) {
        Tensor golden = SharedData.npy(refs + "/output_" + i + ".npy");
        Tensor item = Tensor.zeros(golden.shape());
        item.floats().put(output.floats().slice(i * 1000, 1000));
        assertThat(TestTensors.relativeError(item, golden)).as("golden " + i).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"opencl", "cpu"})
  void originalPhotosGetTheAnswersOfTheirLosslessCrops(String device) throws IOException {
    Model model = Model.load(SharedData.file("models/bvlc_googlenet.onnx"));
    List<Sample> crops = SharedData.imageNet("images/crop224");
    List<Sample> photos = SharedData.imageNet("images/imagenet-sample");
    try (Session session = model.open(Device.find(device))) {
      Classifier ofCrops = new Classifier(session, CROPPED, Labels.imageNet());
      Classifier ofPhotos = new Classifier(session, Preprocess.CAFFE, Labels.imageNet());
      int same = 0;
      for (int i = 0; i < crops.size(); i++) {
        same += answer(ofCrops, crops.get(i)) == answer(ofPhotos, photos.get(i)) ? 1 : 0;
      }
      assertThat(crops).hasSize(100);
      assertThat(same).isGreaterThanOrEqualTo(98);
    }
  }

  /** The classes are tiger cat, goldfish and Samoyed; the photographs go through unprepared. */
  @ParameterizedTest
  @CsvSource({
    "models/bvlc_googlenet.onnx",
    "models/squeezenet1.1_caffe.onnx",
    "models/squeezenet1.1_caffe_opset9_pads.onnx",
    "models/squeezenet1.1_caffe.safetensors",
    "keras/squeezenet1.1_caffe.h5"
  })
  void usualFilesNeedNotBeToldHowPicturesArePrepared(String file) throws IOException {
    Model model = Model.load(SharedData.file(file));
    assertThat(Classifier.preprocessOf(model)).isEqualTo(Preprocess.CAFFE);
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, session);
      List<Integer> answers = new ArrayList<>();
      for (String name : List.of("caffe_cat.jpg", "ort_goldfish.jpg", "pytorch_hub_dog.jpg")) {
        Picture picture = Picture.read(SharedData.file("images/" + name));
        answers.add(classifier.classify(picture, 1).get(0).index());
      }
      assertThat(answers).containsExactly(282, 1, 258);
    }
  }

  @Test
  void weightsOnTheirZooNetworkGiveTheGoldens() throws IOException {
    Model model = Model.load(SharedData.file("models/squeezenet1.1_caffe.safetensors"));
    assertThat(model.metadata()).containsEntry("architecture", "squeezenet1.1-caffe");
    try (Session session = model.open(Device.cpu())) {
      Tensor golden = SharedData.npy("refs/squeezenet1.1_caffe/output_0.npy");
      Tensor output = session.run(SharedData.npy("refs/squeezenet1.1_caffe/input_0.npy"));
      assertThat(TestTensors.relativeError(output, golden)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20, resnet20_cifar10.safetensors",
    "20, resnet20-12fca82f.th",
    "56, resnet56_cifar10.safetensors",
    "56, resnet56-4bfd9763.th"
  })
  void cifarWeightsOnTheirZooNetworkGiveTheLogitsOfTheOnnxFile(int depth, String name)
      throws IOException {
    String folder = "cifar10/akamaster/";
    Model weights = Model.load(SharedData.file(folder + name));
    assertThat(weights.metadata()).containsEntry("architecture", "cifar_resnet" + depth);
    Path onnx = SharedData.file(folder + "resnet" + depth + "_cifar10.onnx");
    Cifar hundred = SharedData.cifar("cifar10/cifar10_test_first100.bin");
    try (Session zoo = weights.open(Device.cpu());
        Session file = Model.load(onnx).open(Device.cpu())) {
      assertThat(TestTensors.relativeError(zoo.run(hundred.images()), file.run(hundred.images())))
          .isLessThan(1e-5);
      assertThat(right(hundred, predictions(zoo, hundred, null))).isEqualTo(depth == 20 ? 94 : 96);
    }
  }

  @Test
  void theFormsOfSqueezeNetAgree() throws IOException {
    Model weights = Model.load(SharedData.file("models/squeezenet1.1_caffe.safetensors"));
    assertThat(weights.metadata()).containsEntry("preprocess", "caffe");
    Tensor input = SharedData.npy("refs/squeezenet1.1_caffe/input_0.npy");
    try (Session zoo = weights.open(Device.cpu())) {
      Tensor scores = zoo.run(input);
      for (String onnx : List.of("squeezenet1.1_caffe", "squeezenet1.1_caffe_opset9_pads")) {
        Path file = SharedData.file("models/" + onnx + ".onnx");
        try (Session other = Model.load(file).open(Device.cpu())) {
          assertThat(TestTensors.relativeError(scores, other.run(input))).as(onnx).isLessThan(1e-5);
        }
      }
      Tensor golden = SharedData.npy("refs/squeezenet1.1_caffe/output_0.npy");
      assertThat(TestTensors.relativeError(scores, golden)).isLessThan(1e-5);
    }
  }

  @Test
  void googLeNetOfTheZooGivesTheAnswersOfTheFileThatItsWeightsAreFrom() throws IOException {
    Path file = SharedData.file("models/bvlc_googlenet.onnx");
    Model zoo = Model.of(file.toString(), ImportOptions.DEFAULT.withArchitecture("googlenet"));
    assertThat(zoo.isTrained()).isTrue();
    assertThat(zoo.inputs().get(0).dims()).containsExactly(Input.UNKNOWN, 3, 224, 224);
    Tensor picture = SharedData.npy("refs/bvlc_googlenet/input_0.npy");
    try (Session own = zoo.open(Device.cpu());
        Session imported = Model.load(file).open(Device.cpu())) {
      Tensor answer = own.run(picture);
      assertThat(TestTensors.relativeError(answer, imported.run(picture))).isLessThan(1e-6);
      assertThat(
              TestTensors.relativeError(answer, SharedData.npy("refs/bvlc_googlenet/output_0.npy")))
          .isLessThan(1e-4);
    }
  }

  private static int answer(Classifier classifier, Sample sample) {
    Picture picture = sample.picture();
    return classifier.classify(picture, 1).get(0).index();
  }

  @ParameterizedTest
  @CsvSource({"opencl, 20, 94, 8103", "cpu, 20, 94, 8103", "opencl, 56, 96, 8320"})
  void cifarNetworksPredictWhatTheirReferencesDo(
      String device, int depth, int ofHundred, int ofTenThousand) throws IOException {
    String name = "resnet" + depth + "_cifar10";
    Model model = Model.load(SharedData.file("cifar10/akamaster/" + name + ".onnx"));
    Cifar hundred = SharedData.cifar("cifar10/cifar10_test_first100.bin");
    Cifar all = SharedData.cifar("cifar10/cifar10_test_jpegq75_10000.bin");
    Tensor expected = SharedData.npy("refs/" + name + "_pred_jpegq75_10000.npy");
    try (Session session = model.open(Device.find(device))) {
      assertThat(right(hundred, predictions(session, hundred, null))).isEqualTo(ofHundred);
      List<String> differing = new ArrayList<>();
      assertThat(right(all, predictions(session, all, new Reference(expected, differing))))
          .isEqualTo(ofTenThousand);
      assertThat(differing).as("predictions that differ and are no near-ties").isEmpty();
    }
  }

  /** Expected predictions, and where to note what differs from them without being a near-tie. */
  private record Reference(Tensor expected, List<String> differing) {

    void check(int picture, FloatBuffer logits, int from, int predicted) {
      int wanted = (int) expected.longAt(picture);
      float lead = logits.get(from + predicted) - logits.get(from + wanted);
      if (predicted != wanted && lead > NEAR_TIE) {
        differing.add(picture + ": " + predicted + " instead of " + wanted);
      }
    }
  }

  private static int[] predictions(Session session, Cifar pictures, Reference reference) {
    int count = pictures.labels().length;
    int[] predictions = new int[count];
    int batch = 100;
    for (int from = 0; from < count; from += batch) {
      FloatBuffer logits = session.run(pictures.batch(from, from + batch)).floats();
      for (int i = 0; i < batch; i++) {
        predictions[from + i] = SharedData.argMax(logits, 10 * i, 10);
        if (reference != null) {
          reference.check(from + i, logits, 10 * i, predictions[from + i]);
        }
      }
    }
    return predictions;
  }

  private static int right(Cifar pictures, int[] predictions) {
    int right = 0;
    for (int i = 0; i < predictions.length; i++) {
      right += predictions[i] == pictures.labels()[i] ? 1 : 0;
    }
    return right;
  }
}
