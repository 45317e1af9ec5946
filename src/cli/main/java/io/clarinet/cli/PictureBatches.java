package io.clarinet.cli;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.Session;
import io.clarinet.classify.ClassifierException;
import io.clarinet.image.Picture;
import io.clarinet.tensor.BatchAxis;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One question about many pictures, asked batch by batch. All batches have one size, so that one
 * plan serves them; where pictures are missing, the last one fills their places.
 *
 * @param size pictures of a batch
 */
record PictureBatches(Session session, PictureQuestion question, int size) {

  private static final int SIDE = 64;

  /**
   * Batches of at most so many pictures, unless the network fixes another number, and just so large
   * that the last one is about full too.
   */
  static PictureBatches of(Session session, PictureQuestion question, int most, int pictures) {
    int batch = question.batch(most);
    boolean fixed = question.batch(most + 1) == batch;
    int batches = Math.max(1, ceilDiv(pictures, batch));
    return new PictureBatches(
        session, question, fixed ? batch : Math.max(1, ceilDiv(pictures, batches)));
  }

  /** A black picture, prepared. */
  Tensor blank() {
    return question.input(Picture.ofRgb(SIDE, SIDE, new byte[3 * SIDE * SIDE]));
  }

  /** A picture read from its file and prepared; from any thread. */
  PreparedPicture prepare(String name) {
    try {
      return new PreparedPicture(name, question.input(Picture.read(Path.of(name))), null);
    } catch (IOException | InvalidPathException e) {
      return new PreparedPicture(name, null, Failure.of(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      return new PreparedPicture(name, null, Failure.of(e).of(name));
    }
  }

  /** The answers to a batch of pictures or fewer, in their order. */
  List<Answer> answers(List<PreparedPicture> pictures) {
    List<Tensor> inputs = new ArrayList<>();
    for (PreparedPicture picture : pictures) {
      if (picture.input() != null) {
        inputs.add(picture.input());
      }
    }
    List<Tensor> outputs = inputs.isEmpty() ? List.of() : outputs(inputs);
    List<Answer> answers = new ArrayList<>();
    int next = 0;
    for (PreparedPicture picture : pictures) {
      answers.add(
          picture.failure() == null
              ? answer(picture.name(), outputs.get(next++))
              : Answer.failed(picture.name(), picture.failure()));
    }
    return answers;
  }

  private List<Tensor> outputs(List<Tensor> inputs) {
    int count = inputs.size();
    List<Tensor> filled = new ArrayList<>(inputs);
    filled.addAll(Collections.nCopies(size - count, inputs.get(count - 1)));
    Tensor output = session.run(BatchAxis.join(filled, size));
    if (size == 1) {
      return List.of(output);
    }
    requireItems(output);
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(BatchAxis.part(output, i, 1));
    }
    return outputs;
  }

  private void requireItems(Tensor output) {
    if (output.shape().rank() == 0 || output.shape().n() != size) {
      throw new IllegalArgumentException(
          "%s is no value of each picture: of %d it is %s"
              .formatted(session.outputs().get(0), size, output));
    }
  }

  private Answer answer(String name, Tensor output) {
    try {
      return question.answer(name, output);
    } catch (ClassifierException e) {
      return Answer.failed(name, Failure.of(e).of(name));
    }
  }
}
