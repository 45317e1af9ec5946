package io.clarinet.importer.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.clarinet.importer.MappedFile;
import io.clarinet.importer.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Parses a mapped model file without copying its bytes: tensors' data are views of the map. */
final class MappedModel {
  private MappedModel() {}

  static ByteBuffer map(Path file) {
    return MappedFile.map(
        file,
        "larger than 2 GB, which the format does not allow; save its weights as external data");
  }

  static ModelProto parse(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      throw new IllegalArgumentException("not an ONNX model: the file is empty");
    }
    StructureLimit.require(stream(bytes), bytes.remaining());
    ModelProto model = ModelProto.parseFrom(stream(bytes));
    if (!model.hasGraph()) {
      throw new IllegalArgumentException("not an ONNX model: it holds no graph");
    }
    return model;
  }

  private static CodedInputStream stream(ByteBuffer bytes) {
    CodedInputStream stream = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    stream.enableAliasing(true);
    stream.setSizeLimit(Integer.MAX_VALUE);
    return stream;
  }
}
