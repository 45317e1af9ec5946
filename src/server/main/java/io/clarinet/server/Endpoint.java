package io.clarinet.server;

import io.clarinet.server.http.Answered;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.model.Models;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Another protocol by which a server's models are reached. Its artifact tells of it as a service
 * ({@link java.util.ServiceLoader}), so that a server has it where it is on the class path.
 */
public interface Endpoint {
  /** The protocol's name, in small letters. */
  String protocol();

  /**
   * Listens.
   *
   * @throws IOException if it cannot listen there
   */
  Listening start(Behind behind, HttpOptions options) throws IOException;

  /**
   * The server that is behind it.
   *
   * @param version of Clarinet, as it tells clients
   * @param ready whether it takes requests
   * @param listener told of every answer, with the status that HTTP would give
   */
  record Behind(
      Models models, String version, BooleanSupplier ready, Consumer<Answered> listener) {}

  /** An endpoint that listens. */
  interface Listening extends AutoCloseable {
    /** The port that it listens on. */
    int port();

    /** Takes no more requests, and goes on with those that have come. */
    void stop();

    /**
     * Waits for the answers under way, once it was stopped.
     *
     * @return whether all were given in this time
     */
    boolean drain(Duration most);

    /** Ends every connection. */
    @Override
    void close();
  }
}
