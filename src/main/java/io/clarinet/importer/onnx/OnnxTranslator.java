package io.clarinet.importer.onnx;

import java.io.IOException;

/** Translates one ONNX operator into ours. */
@FunctionalInterface
interface OnnxTranslator {

  /**
   * Adds what the node means.
   *
   * @throws IllegalArgumentException if the node is wrong
   * @throws UnsupportedOperationException if the node is right, in a form that is not supported
   */
  void translate(OnnxNode node, OnnxTranslation to) throws IOException;
}
