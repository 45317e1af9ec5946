package io.clarinet.server.v2;

import io.clarinet.Classifier;
import io.clarinet.Prediction;
import io.clarinet.server.model.Served;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classification extension: classes instead of an output's elements, as a tensor of texts.
 *
 * @param items pictures
 * @param top classes of each
 * @param texts {@code probability:index:label}, the most probable first
 */
public record Classes(int items, int top, List<String> texts) {
  public Classes {
    texts = List.copyOf(texts);
  }

  /**
   * Of a result.
   *
   * @param most classes of each picture
   * @throws io.clarinet.server.http.StatusException 400 if the model is no classifier of pictures
   */
  public static Classes of(Served served, Tensor result, int most) {
    Classifier classifier = served.classifierOfPictures();
    int top = Math.min(most, classifier.labels().size());
    List<List<Prediction>> found = classifier.predictions(result, result.shape().n(), top);
    List<String> texts =
        found.stream()
            .flatMap(List::stream)
            .map(p -> p.probability() + ":" + p.index() + ":" + p.label())
            .toList();
    return new Classes(found.size(), top, texts);
  }

  /** Each text after its length in bytes, four of them. */
  public ByteBuffer bytes() {
    List<byte[]> all = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    int length = IntStream.range(0, all.size()).map(i -> all.get(i).length + 4).sum();
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    all.forEach(text -> bytes.putInt(text.length).put(text));
    return bytes.flip();
  }
}
