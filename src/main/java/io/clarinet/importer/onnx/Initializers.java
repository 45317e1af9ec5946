package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The initializers and metadata of a model file without its graph: weights for a known
 * architecture.
 */
final class Initializers {
  private Initializers() {}

  /** Floating-point initializers, as float32, and metadata. */
  static StateDictionary of(Path file, ModelProto model, ExternalData external) throws IOException {
    StateDictionary.requireFew(file, model.getGraph().getInitializerCount());
    TensorReader reader = new TensorReader(external);
    Map<String, Constant> tensors = new LinkedHashMap<>();
    for (ByteString bytes : model.getGraph().getInitializerList()) {
      TensorProto proto = TensorReader.parse(bytes);
      try {
        Tensor tensor = reader.read(proto);
        if (tensor.type().isFloatingPoint()) {
          tensors.put(proto.getName(), widened(tensor));
        }
      } catch (UnsupportedOperationException e) {
        // A type that no weight has.
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "initializer \"" + proto.getName() + "\": " + e.getMessage(), e);
      }
    }
    Map<String, String> metadata = new HashMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), e.getValue()));
    return new StateDictionary(file, tensors, metadata);
  }

  private static Constant widened(Tensor tensor) {
    return tensor.type() == ElementType.FLOAT32
        ? tensor
        : new Deferred(ElementType.FLOAT32, tensor.shape(), () -> tensor.as(ElementType.FLOAT32));
  }
}
