package io.clarinet.spark;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.classify.ClassifierException;
import io.clarinet.graph.GraphException;
import io.clarinet.image.Picture;
import io.clarinet.importer.ImportOptions;
import io.clarinet.tensor.BatchAxis;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A model on a device, with what it is asked. All batches have one size, filled up by the last
 * picture, so that an answer does not depend on the pictures beside, or on how many there are.
 */
final class OpenModel implements AutoCloseable {
  private final Session session;
  private final Question question;
  private final int batch;

  /** Held while a picture is prepared. */
  private final Lock preparing;

  /**
   * Held while the network runs. On the CPU nobody prepares then: a thread of the network's that
   * gives way to a reader keeps all others waiting.
   */
  private final Lock running;

  private OpenModel(Session session, Question question, int batch) {
    this.session = session;
    this.question = question;
    this.batch = batch;
    ReadWriteLock cores = new ReentrantReadWriteLock(true);
    preparing = cores.readLock();
    running = session.device().type().equals("cpu") ? cores.writeLock() : preparing;
  }

  /**
   * @param file or name of the model; null for the bundled one
   */
  static OpenModel open(@Nullable String file, ClassifyOptions options, Device device)
      throws IOException {
    Model model = model(file, options.architecture());
    String value = options.embedding();
    Session session = opened(value == null ? model : model.withOutputs(value)).open(device);
    try {
      Question question =
          value == null
              ? LabelQuestion.of(model, session, options)
              : EmbeddingQuestion.of(model, opened(model), options);
      return new OpenModel(session, question, question.batch(options.batch()));
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  static Model model(@Nullable String file, @Nullable String architecture) throws IOException {
    ImportOptions reading = ImportOptions.DEFAULT;
    if (architecture != null) {
      reading = reading.withArchitecture(architecture);
    }
    return file == null ? Model.bundled() : Model.of(file, reading);
  }

  /** The model for any batch size, where its pictures stay apart; else as it is. */
  private static Model opened(Model model) {
    try {
      return model.withAnyBatch();
    } catch (GraphException e) {
      return model;
    }
  }

  /** Pictures that run at once: what was asked for, or what the model fixes. */
  int batch() {
    return batch;
  }

  /** A picture's file as the network takes it, or the answer that there is none. */
  Prepared prepare(byte @Nullable [] file) {
    if (file == null) {
      return Prepared.failed("the picture has no content");
    }
    preparing.lock();
    try {
      return new Prepared(question.input(Picture.read(file)), null);
    } catch (IOException e) {
      return Prepared.failed(String.valueOf(e.getMessage()));
    } finally {
      preparing.unlock();
    }
  }

  /** The answers to as many pictures as run at once, or fewer, in their order. */
  List<PictureAnswer> answers(List<Prepared> pictures) {
    List<Tensor> inputs = new ArrayList<>();
    pictures.stream().map(Prepared::input).filter(input -> input != null).forEach(inputs::add);
    Tensor output = inputs.isEmpty() ? null : output(inputs);
    List<PictureAnswer> answers = new ArrayList<>();
    int next = 0;
    for (Prepared picture : pictures) {
      answers.add(
          picture.failure() != null || output == null
              ? PictureAnswer.failed(String.valueOf(picture.failure()))
              : answer(BatchAxis.part(output, next++, 1)));
    }
    return answers;
  }

  private Tensor output(List<Tensor> inputs) {
    int missing = batch - inputs.size();
    inputs.addAll(Collections.nCopies(missing, inputs.get(inputs.size() - 1)));
    Tensor output = run(BatchAxis.join(inputs, batch));
    if (output.shape().rank() == 0 || output.shape().n() != batch) {
      throw new IllegalArgumentException(
          "%s is no value of each picture: of %d it is %s"
              .formatted(session.outputs().get(0), batch, output));
    }
    return output;
  }

  private Tensor run(Tensor input) {
    running.lock();
    try {
      return session.run(input);
    } finally {
      running.unlock();
    }
  }

  private PictureAnswer answer(Tensor output) {
    try {
      return question.answer(output);
    } catch (ClassifierException e) {
      return PictureAnswer.failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
