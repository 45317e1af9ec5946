package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the initializers of a model, or of a branch, constants of the graph. */
final class InitializerImport {
  private final TensorReader tensors;
  private final OnnxTranslation translation;

  InitializerImport(TensorReader tensors, OnnxTranslation translation) {
    this.tensors = tensors;
    this.translation = translation;
  }

  private interface Reading {
    Constant read() throws IOException;
  }

  /**
   * Reads the initializers that are wanted.
   *
   * @param scope whose names they get: the model's keep their own
   * @param wanted null for all
   * @return the names of all, which older models list as inputs too
   */
  Set<String> read(
      GraphProto graph, Scope scope, @Nullable Set<String> wanted, Unsupported unsupported)
      throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (ByteBuffer bytes : graph.initializers()) {
      TensorProto tensor = TensorProto.read(bytes);
      names.add(tensor.name());
      if (wanted == null || wanted.contains(tensor.name())) {
        define(tensor.name(), () -> tensors.read(tensor), scope, known, unsupported);
      }
    }
    for (ByteBuffer bytes : graph.sparseInitializers()) {
      SparseTensorProto tensor = SparseTensorProto.read(bytes);
      String name = tensor.values().name();
      names.add(name);
      if (wanted == null || wanted.contains(name)) {
        define(name, () -> SparseTensors.read(tensor, tensors), scope, known, unsupported);
      }
    }
    return names;
  }

  private void define(
      String name, Reading reading, Scope scope, Set<String> known, Unsupported unsupported)
      throws IOException {
    if (!known.add(name)) {
      throw new IllegalArgumentException("initializer \"" + name + "\" is defined twice");
    }
    scope.bind(name, translation.fresh(name));
    try {
      translation.constant(scope.value(name), reading.read());
    } catch (UnsupportedOperationException e) {
      unsupported.type(String.valueOf(e.getMessage()), "initializer \"" + name + "\"");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("initializer \"" + name + "\": " + e.getMessage(), e);
    }
  }
}
