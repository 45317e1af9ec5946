package io.clarinet.importer.onnx.proto;

import java.io.IOException;

/** Bytes that are not in protobuf's wire format. */
public final class WireException extends IOException {
  WireException(String message) {
    super(message);
  }
}
