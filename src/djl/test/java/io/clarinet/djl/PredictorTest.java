package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's own way from a picture to its classes gives what the library's gives. */
@RequiresOpenCl
class PredictorTest {
  private static final int ALL = 36;

  @TempDir Path folder;

  @Test
  void answersAsTheLibraryOnTheJvm() throws Exception {
    compare(Device.cpu(), io.clarinet.Device.cpu());
  }

  @Test
  void answersAsTheLibraryOnAnOpenClDevice() throws Exception {
    compare(Device.of("opencl", 0), io.clarinet.Device.find("opencl"));
  }

  private void compare(Device device, io.clarinet.Device ours) throws Exception {
    List<List<Prediction>> wanted;
    Model own = Model.bundled();
    try (Session session = own.open(ours)) {
      wanted = Classifier.of(own, session).classify(Glyphs.pictures(), ALL);
    }
    try (ZooModel<Image, Classifications> model =
            Glyphs.criteria(Glyphs.folder(folder)).optDevice(device).build().loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      assertThat(model.getNDManager().getEngine().getEngineName()).isEqualTo("Clarinet");
      assertThat(model.getNDManager().getDevice()).isEqualTo(device);
      List<Classifications> answers = predictor.batchPredict(Glyphs.images());
      for (int i = 0; i < wanted.size(); i++) {
        check(answers.get(i).topK(ALL), wanted.get(i));
      }
      check(predictor.predict(Glyphs.images().get(0)).topK(ALL), wanted.get(0));
    }
  }

  private static void check(List<Classification> answer, List<Prediction> wanted) {
    assertThat(answer).hasSameSizeAs(wanted);
    assertThat(answer.get(0).getClassName()).isEqualTo(wanted.get(0).label());
    for (Prediction each : wanted) {
      Classification same =
          answer.stream().filter(a -> a.getClassName().equals(each.label())).findFirst().get();
      assertThat(same.getProbability()).isCloseTo(each.probability(), within(1e-6));
    }
  }
}
