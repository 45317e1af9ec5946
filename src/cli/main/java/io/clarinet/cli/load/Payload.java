package io.clarinet.cli.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Map;

/**
 * A request, and what its answer must be.
 *
 * @param path after the server's address
 * @param headers besides those that every request has
 * @param body not changed any more
 * @param check of the answer
 */
record Payload(String path, Map<String, String> headers, ByteBuf body, Check check) {

  Payload(String path, Map<String, String> headers, byte[] body, Check check) {
    this(path, headers, Unpooled.wrappedBuffer(body), check);
  }

  /** What is wanted of an answer. */
  @FunctionalInterface
  interface Check {
    boolean isRight(FullHttpResponse answer);
  }

  /** Any answer without an error. */
  static final Check ANSWERED = answer -> answer.status().code() == 200;

  /** A refusal that blames the client. */
  static final Check REFUSED = answer -> answer.status().code() / 100 == 4;

  /** The body for one sending. */
  ByteBuf bytes() {
    return body.retainedDuplicate();
  }
}
