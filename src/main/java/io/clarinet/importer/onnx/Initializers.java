package io.clarinet.importer.onnx;

import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The initializers and metadata of a model file without its graph: weights for a known
 * architecture.
 */
final class Initializers {
  private Initializers() {}

  /** Floating-point initializers, as float32, and metadata. */
  static StateDictionary of(Path file, ModelProto model, ExternalData external) throws IOException {
    List<ByteBuffer> initializers = model.graph().initializers();
    StateDictionary.requireFew(file, initializers.size());
    TensorReader reader = new TensorReader(external);
    Map<String, Constant> tensors = new LinkedHashMap<>();
    for (ByteBuffer bytes : initializers) {
      TensorProto proto = TensorProto.read(bytes);
      try {
        Tensor tensor = reader.read(proto);
        if (tensor.type().isFloatingPoint()) {
          tensors.put(proto.name(), Converted.of(tensor, ElementType.FLOAT32));
        }
      } catch (UnsupportedOperationException e) {
        // A type that no weight has.
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "initializer \"" + proto.name() + "\": " + e.getMessage(), e);
      }
    }
    Map<String, String> metadata = new HashMap<>();
    model.metadataProps().forEach(e -> metadata.put(e.key(), e.value()));
    return new StateDictionary(file, tensors, metadata);
  }
}
