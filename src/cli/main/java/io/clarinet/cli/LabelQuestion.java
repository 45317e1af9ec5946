package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.cli.folder.ContentHash;
import io.clarinet.image.Picture;
import io.clarinet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which classes are in it?
 *
 * @param top classes to name
 */
record LabelQuestion(Classifier classifier, int top) implements PictureQuestion {

  /** Of so many classes, where the model tells so many apart. */
  static LabelQuestion of(Classifier classifier, int most) {
    return new LabelQuestion(classifier, Math.min(most, classifier.head().classes()));
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
  public Answer answer(String name, Tensor output) {
    return Answer.of(name, classifier.predictions(output, 1, top).get(0));
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("preprocess", classifier.preprocess().toString());
    facts.put("labels", ContentHash.of(classifier.labels().names()));
    facts.put("top", "" + top);
    return facts;
  }

  @Override
  public List<String> assumptions() {
    return classifier.assumptions();
  }

  @Override
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("head", classifier.head().meaning().toString());
    json.put("preprocess", classifier.preprocess().toString());
    json.put("assumed", assumptions());
    return json;
  }
}
