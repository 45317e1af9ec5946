package io.clarinet.spark;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** All that an executor needs to open the model; equal ones share a session. */
record Recipe(ClassifyOptions options, ModelPlace place) implements Serializable {

  /** What decides the answers, a line each. */
  String note() {
    String labels = options.labels();
    return """
        model %s
        architecture %s
        preprocess %s
        labels %s
        device %s
        batch %d
        embedding %s
        """
        .formatted(
            place.name(options),
            options.architecture(),
            options.preprocess(),
            labels == null ? null : FileHash.of(labels.getBytes(StandardCharsets.UTF_8)),
            options.device(),
            options.batch(),
            options.embedding());
  }
}
