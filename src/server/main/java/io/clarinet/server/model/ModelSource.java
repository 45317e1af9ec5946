package io.clarinet.server.model;

import io.clarinet.Model;
import java.io.IOException;

/** Where a model comes from, asked at each load. */
@FunctionalInterface
public interface ModelSource {
  /**
   * The model as it is there now.
   *
   * @throws IOException if it cannot be read
   */
  Model load() throws IOException;
}
