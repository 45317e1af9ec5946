package io.clarinet.importer.onnx.proto;

import java.io.IOException;

/** What can be written as the fields of a message. */
@FunctionalInterface
public interface WireMessage {

  /** Writes all fields: the same ones at every call, as the first one only counts the bytes. */
  void writeTo(WireWriter out) throws IOException;
}
