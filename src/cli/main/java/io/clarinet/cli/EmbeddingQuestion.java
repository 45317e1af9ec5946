package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.classify.PictureInput;
import io.clarinet.classify.Preparation;
import io.clarinet.graph.Input;
import io.clarinet.image.Picture;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which numbers does a value of the network have for it?
 *
 * @param value its name
 */
record EmbeddingQuestion(String value, Preparation preparation, PictureInput pictures)
    implements PictureQuestion {

  /** Of a model that ends at the value. */
  static EmbeddingQuestion of(Model ended, Preparation preparation) {
    return new EmbeddingQuestion(
        ended.graph().outputs().get(0),
        preparation,
        PictureInput.of(ended.graph(), preparation.preprocess()));
  }

  @Override
  public int batch(int wanted) {
    int own = pictures.dims().get(0);
    return own == Input.UNKNOWN ? wanted : own;
  }

  @Override
  public int top() {
    return 0;
  }

  @Override
  public Tensor input(Picture picture) {
    return pictures.of(List.of(picture));
  }

  @Override
  public Answer answer(String name, Tensor output) {
    List<Float> numbers = new ArrayList<>();
    for (float number : output.toFloatArray()) {
      numbers.add(number);
    }
    return Answer.embedded(name, numbers);
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("embedding", value);
    facts.put("preprocess", preparation.preprocess().toString());
    return facts;
  }

  @Override
  public List<String> assumptions() {
    return preparation.assumption().isEmpty() ? List.of() : List.of(preparation.assumption());
  }

  @Override
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(facts());
    json.put("assumed", assumptions());
    return json;
  }
}
