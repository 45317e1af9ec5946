package io.clarinet.spark;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.classify.PictureInput;
import io.clarinet.graph.Input;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Which numbers does the value have that the network ends at? */
record EmbeddingQuestion(PictureInput pictures) implements Question {
  /**
   * @param whole the model before it is ended there, which tells how pictures are prepared
   * @param opened the model with the batch size that runs
   */
  static EmbeddingQuestion of(Model whole, Model opened, ClassifyOptions options) {
    String text = options.preprocess();
    Preprocess preprocess = text == null ? Classifier.preprocessOf(whole) : Preprocess.parse(text);
    return new EmbeddingQuestion(PictureInput.of(opened.graph(), preprocess));
  }

  @Override
  public int batch(int wanted) {
    int own = pictures.dims().get(0);
    return own == Input.UNKNOWN ? wanted : own;
  }

  @Override
  public Tensor input(Picture picture) {
    return pictures.of(List.of(picture));
  }

  @Override
  public PictureAnswer answer(Tensor output) {
    return new PictureAnswer(null, null, output.toFloatArray(), null);
  }
}
