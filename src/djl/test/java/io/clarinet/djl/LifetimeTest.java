package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads as DJL allows them, a predictor for each; and nothing is left open. */
class LifetimeTest {
  private static final int THREADS = 4;
  private static final int TIMES = 5;

  @TempDir static Path folder;

  @BeforeAll
  static void writeModel() throws Exception {
    Glyphs.folder(folder);
  }

  private static ZooModel<Image, Classifications> model() throws Exception {
    return Glyphs.criteria(folder).build().loadModel();
  }

  @Test
  void predictorsOfManyThreadsShareAModel() throws Exception {
    List<Image> images = Glyphs.images();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (ZooModel<Image, Classifications> model = model()) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(threads.submit(() -> spelled(model, images)));
      }
      for (Future<List<String>> answer : answers) {
        assertThat(answer.get()).hasSize(TIMES).containsOnly("OPENCL");
      }
      assertThat(model.getNDManager().getManagedArrays()).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  private static List<String> spelled(ZooModel<Image, Classifications> model, List<Image> images)
      throws TranslateException {
    List<String> words = new ArrayList<>();
    try (Predictor<Image, Classifications> predictor = model.newPredictor()) {
      for (int i = 0; i < TIMES; i++) {
        StringBuilder word = new StringBuilder();
        predictor
            .batchPredict(images)
            .forEach(classes -> word.append((String) classes.best().getClassName()));
        words.add(word.toString());
      }
    }
    return words;
  }

  @Test
  void aClosedModelAnswersNoMore() throws Exception {
    ZooModel<Image, Classifications> model = model();
    Predictor<Image, Classifications> predictor = model.newPredictor();
    Image image = Glyphs.images().get(0);
    predictor.predict(image);
    SessionBlock network = (SessionBlock) model.getBlock();
    model.close();
    model.close();
    assertThatThrownBy(() -> network.run(List.of(Tensor.zeros(Shape.of(1, 3, 32, 32)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> predictor.predict(image)).isInstanceOf(Exception.class);
  }

  /** What a manager made ends with it; what was attached elsewhere lives on. */
  @Test
  void arraysEndWithTheirManager() {
    try (NDManager outer = NDManager.newBaseManager(Device.cpu(), "Clarinet")) {
      NDArray kept;
      NDArray returned = outer.create(1f);
      NDArray detached;
      List<NDArray> gone = new ArrayList<>();
      try (NDManager inner = outer.newSubManager()) {
        kept = inner.create(new float[] {1, 2});
        gone.add(kept.add(1));
        gone.add(inner.zeros(kept.getShape()));
        detached = inner.create(3f);
        detached.detach();
        kept.attach(outer);
        returned.tempAttach(inner);
        assertThat(inner.getManagedArrays()).hasSize(3);
      }
      assertThat(gone).allMatch(NDArray::isReleased);
      assertThat(kept.toFloatArray()).containsExactly(1, 2);
      assertThat(returned.getManager()).isSameAs(outer);
      assertThat(outer.getManagedArrays()).containsExactlyInAnyOrder(kept, returned);
      kept.close();
      kept.close();
      assertThat(outer.getManagedArrays()).containsExactly(returned);
      assertThat(detached.toFloatArray()).containsExactly(3);
      detached.close();
      assertThatThrownBy(kept::toFloatArray)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void predictionsLeaveNoArrayBehind() throws Exception {
    try (ZooModel<Image, Classifications> model = model();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      int before = model.getNDManager().getManagedArrays().size();
      for (int i = 0; i < TIMES; i++) {
        predictor.batchPredict(Glyphs.images());
      }
      assertThat(model.getNDManager().getManagedArrays()).size().isEqualTo(before);
    }
  }

  @Test
  void aPredictorOnAnotherDeviceIsRefused() throws Exception {
    try (ZooModel<Image, Classifications> model = model()) {
      assertThatThrownBy(() -> model.newPredictor(Glyphs.translator(), Device.of("opencl", 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is on cpu(); load it once more");
    }
  }
}
