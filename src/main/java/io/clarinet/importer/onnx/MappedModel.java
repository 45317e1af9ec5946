package io.clarinet.importer.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.clarinet.importer.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Parses a mapped model file without copying its bytes: tensors' data are views of the map. */
final class MappedModel {
  private MappedModel() {}

  static ModelProto parse(Path file) throws IOException {
    ByteBuffer bytes = map(file);
    StructureLimit.require(stream(bytes), bytes.remaining());
    ModelProto model = ModelProto.parseFrom(stream(bytes));
    if (!model.hasGraph()) {
      throw new IllegalArgumentException("not an ONNX model: it holds no graph");
    }
    return model;
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        throw new IllegalArgumentException("not an ONNX model: the file is empty");
      }
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the file is larger than 2 GB, which the format does not allow;"
                + " save its weights as external data");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static CodedInputStream stream(ByteBuffer bytes) {
    CodedInputStream stream = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    stream.enableAliasing(true);
    stream.setSizeLimit(Integer.MAX_VALUE);
    return stream;
  }
}
