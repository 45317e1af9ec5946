package io.clarinet.cli.load;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.List;

/**
 * Compares answers with the library's own. Kernels, and so the last bits, may depend on a batch's
 * size; items that are mixed up differ by far more.
 */
public final class AnswerCheck {
  private static final double TOLERANCE = 1e-4;

  private final Session session;

  /**
   * @param session of the model that is served
   */
  public AnswerCheck(Session session) {
    this.session = session;
  }

  /** A model as servers open it, to any number of items. */
  public static Model opened(Model model) {
    try {
      return model.withAnyBatch();
    } catch (io.clarinet.graph.GraphException e) {
      return model;
    }
  }

  /** What checks the answer to a request with these inputs. */
  Payload.Check of(List<Tensor> inputs) {
    List<Tensor> outputs = session.run(inputs);
    long bytes = outputs.stream().mapToLong(t -> t.bytes().remaining()).sum();
    return answer -> isRight(answer, outputs, bytes);
  }

  private static boolean isRight(FullHttpResponse answer, List<Tensor> outputs, long bytes) {
    ByteBuf body = answer.content();
    int at = (int) (body.readableBytes() - bytes);
    if (answer.status().code() != 200 || at <= 0) {
      return false;
    }
    for (Tensor output : outputs) {
      if (!isNear(output, body, at)) {
        return false;
      }
      at += output.bytes().remaining();
    }
    return true;
  }

  private static boolean isNear(Tensor wanted, ByteBuf body, int at) {
    if (wanted.type() != ElementType.FLOAT32) {
      return wanted.bytes().equals(body.nioBuffer(at, wanted.bytes().remaining()));
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < wanted.shape().size(); i++) {
      double own = wanted.doubleAt(i);
      largest = Math.max(largest, Math.abs(own));
      difference = Math.max(difference, Math.abs(own - body.getFloatLE(at + 4 * i)));
    }
    return difference <= TOLERANCE * largest;
  }
}
