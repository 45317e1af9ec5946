package io.clarinet.spark;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.List;

/** Which class is it of? */
record LabelQuestion(Classifier classifier) implements Question {
  static LabelQuestion of(Model model, Session session, ClassifyOptions options)
      throws IOException {
    String preprocess = options.preprocess();
    if (options.labels() == null) {
      return new LabelQuestion(
          preprocess == null
              ? Classifier.of(model, session)
              : Classifier.of(model, session, Preprocess.parse(preprocess)));
    }
    Labels labels = Labels.parse("the labels", options.labels());
    return new LabelQuestion(
        preprocess == null
            ? Classifier.of(model, session, labels)
            : new Classifier(session, Preprocess.parse(preprocess), labels));
  }

  @Override
  public int batch(int wanted) {
    return classifier.batch(wanted);
  }

  @Override
  public Tensor input(Picture picture) {
    return classifier.input(List.of(picture));
  }

  @Override
  public PictureAnswer answer(Tensor output) {
    Prediction best = classifier.predictions(output, 1, 1).get(0).get(0);
    return new PictureAnswer(best.label(), best.probability(), null, null);
  }
}
