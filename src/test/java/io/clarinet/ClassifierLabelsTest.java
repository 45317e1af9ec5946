package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.image.Labels;
import io.clarinet.image.Preprocess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The labels of a classifier, given or its model's own, are as many as its classes. */
class ClassifierLabelsTest {

  @Test
  void labelsHaveToBeAsManyAsClasses() {
    Model model = HeadTest.model(5, HeadTest.softmax(false));
    try (Session session = model.open(Device.cpu())) {
      for (int count : new int[] {1, 4, 6, 1000}) {
        Labels labels = Labels.numbered(count);
        assertThatThrownBy(() -> new Classifier(session, Preprocess.NONE, labels))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(count + " labels for the 5 classes that the model tells apart");
      }
      assertThat(Classifier.of(model, session, Preprocess.NONE).assumptions())
          .containsExactly("nothing names its 5 classes; --labels does");
    }
  }

  @Test
  void aModelsOwnLabelsHaveToBeAsManyToo() {
    Model model = HeadTest.model(5, HeadTest.softmax(false)).with("labels", "a,b,c");
    try (Session session = model.open(Device.cpu())) {
      assertThatThrownBy(() -> Classifier.of(model, session, Preprocess.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("net names 3 labels and tells 5 classes apart; name them with --labels");
      Labels others = Labels.numbered(5);
      assertThat(Classifier.of(model, session, others).labels()).isEqualTo(others);
      assertThatThrownBy(() -> Classifier.of(model, session, Labels.numbered(3)))
          .hasMessage("3 labels for the 5 classes that the model tells apart");
    }
  }

  @Test
  void aThousandAndOneClassesAreImageNetsAfterTheBackground() {
    Model model = HeadTest.model(1001, HeadTest.softmax(false));
    try (Session session = model.open(Device.cpu())) {
      List<Prediction> all =
          Classifier.of(model, session, Preprocess.NONE).classify(HeadTest.plain(1, 2, 3), 1001);
      assertThat(all)
          .filteredOn(p -> p.index() == 0)
          .extracting(Prediction::label)
          .containsExactly("background");
      assertThat(all)
          .filteredOn(p -> p.index() == 1)
          .extracting(Prediction::label)
          .containsExactly(Labels.imageNet().name(0));
    }
  }
}
