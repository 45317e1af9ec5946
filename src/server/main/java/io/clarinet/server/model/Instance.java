package io.clarinet.server.model;

import io.clarinet.Batcher;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.SessionOptions;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device on which a model is open.
 *
 * @param batcher null where the model's items cannot share batches
 */
record Instance(Session session, @Nullable Batcher batcher, ModelItem item) {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  /**
   * Opens a model on a device.
   *
   * @param serving how requests wait for it
   */
  static Session open(Model model, Device device, Serving serving) {
    return model.open(device, SessionOptions.EXACT.withMostWaiting(serving.queue()));
  }

  /**
   * A model on a device, prepared for one item.
   *
   * @param name that the model is served by
   * @param session of the item's model, closed with this
   * @param told of each batch
   */
  static Instance of(
      String name, ModelItem item, Session session, Serving serving, Consumer<Batcher.Batch> told) {
    try {
      Batcher batcher = item.isOpen() ? batcher(name, item, session, serving, told) : null;
      if (batcher == null) {
        session.prepare(item.shapes().toArray(Shape[]::new));
      }
      return new Instance(session, batcher, item);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** A batcher that has run an item; null for a model whose items cannot share batches. */
  private static @Nullable Batcher batcher(
      String name, ModelItem item, Session session, Serving serving, Consumer<Batcher.Batch> told) {
    Batcher batcher = new Batcher(session, serving.largestBatch(), serving.longestWait(), told);
    try {
      batcher.prepare(1, item.shapes().toArray(Shape[]::new));
      batcher.run(item.zeros()).join();
      return batcher;
    } catch (RuntimeException | Error e) {
      batcher.close();
      if (e instanceof CompletionException && e.getCause() instanceof IllegalArgumentException) {
        LOG.info("{}: {}; requests run one by one", name, e.getCause().getMessage());
        return null;
      }
      throw e;
    }
  }

  /** Whether requests share batches. */
  boolean isBatched() {
    return batcher != null;
  }

  /** Prepares batches of one size. */
  void prepare(int size) {
    if (batcher != null) {
      batcher.prepare(size, item.shapes().toArray(Shape[]::new));
    }
  }

  /** The outputs for a request. */
  CompletableFuture<List<Tensor>> run(List<Tensor> inputs) {
    return batcher == null ? session.runAsync(inputs) : batcher.run(inputs);
  }

  /** Requests that wait for their batch. */
  int waiting() {
    return batcher == null ? 0 : batcher.waiting();
  }

  void close() {
    if (batcher != null) {
      batcher.close();
    }
    session.close();
  }
}
