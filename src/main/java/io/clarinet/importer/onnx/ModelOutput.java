package io.clarinet.importer.onnx;

import com.google.protobuf.CodedOutputStream;
import io.clarinet.file.AtomicFile;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a model file, its weights streamed one tensor at a time. Where the file would pass 2 GB,
 * the weights go to a second file beside it, which it refers to.
 */
final class ModelOutput {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_EMBEDDED = 256;
  private final Path file;
  private final Map<String, Constant> constants;
  private final boolean external;

  /**
   * @param maxBytes most bytes of the model file before the weights go elsewhere
   */
  ModelOutput(Path file, Map<String, Constant> constants, int structureBytes, long maxBytes) {
    this.file = file;
    this.constants = constants;
    this.external = data(constants) + structureBytes > maxBytes;
  }

  private static long data(Map<String, Constant> constants) {
    return constants.values().stream().mapToLong(ModelOutput::bytes).sum();
  }

  private static long bytes(Constant constant) {
    return constant.shape().size() * constant.type().bytes();
  }

  private static long embeddedBytes(Constant constant) {
    return CodedOutputStream.computeUInt32SizeNoTag((int) bytes(constant))
        + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
        + bytes(constant);
  }

  /**
   * Writes the model; {@code graph} has everything but the initializers. Both files are whole
   * before either takes the place of an older one, from which the weights may come.
   */
  void write(ModelProto header, GraphProto graph) throws IOException {
    try (AtomicFile model = AtomicFile.create(file)) {
      if (external) {
        try (AtomicFile data = AtomicFile.create(dataFile())) {
          write(header, graph, referring(data.out()), model.out());
          data.commit();
        }
      } else {
        write(header, graph, embedding(), model.out());
      }
      model.commit();
    }
  }

  private Path dataFile() {
    return file.resolveSibling(file.getFileName() + ".data");
  }

  private void write(
      ModelProto header, GraphProto graph, Map<String, TensorProto> tensors, OutputStream stream)
      throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER);
    header.writeTo(out);
    out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, 2);
    out.writeUInt32NoTag(Math.toIntExact(graphBytes(graph, tensors)));
    graph.writeTo(out);
    for (Map.Entry<String, TensorProto> tensor : tensors.entrySet()) {
      writeTensor(out, tensor.getKey(), tensor.getValue());
    }
    out.flush();
  }

  private long graphBytes(GraphProto graph, Map<String, TensorProto> tensors) {
    long bytes = graph.getSerializedSize();
    for (Map.Entry<String, TensorProto> tensor : tensors.entrySet()) {
      long size = tensorBytes(tensor.getKey(), tensor.getValue());
      bytes +=
          CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
              + CodedOutputStream.computeUInt32SizeNoTag((int) size)
              + size;
    }
    return bytes;
  }

  private long tensorBytes(String name, TensorProto header) {
    Constant constant = constants.get(name);
    return header.getSerializedSize()
        + (constant != null && isEmbedded(constant) ? embeddedBytes(constant) : 0);
  }

  private void writeTensor(CodedOutputStream out, String name, TensorProto header)
      throws IOException {
    out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, 2);
    out.writeUInt32NoTag(Math.toIntExact(tensorBytes(name, header)));
    header.writeTo(out);
    Constant constant = constants.get(name);
    if (constant != null && isEmbedded(constant)) {
      out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(Math.toIntExact(bytes(constant)));
      copy(constant, out::writeRawBytes);
    }
  }

  /**
   * Whether a constant's data go into the model file: small ones do, mostly shapes, which readers
   * need at once.
   */
  private boolean isEmbedded(Constant constant) {
    return !external || bytes(constant) <= MAX_EMBEDDED;
  }

  /** Every tensor's message but for its data, which follow it. */
  private Map<String, TensorProto> embedding() {
    Map<String, TensorProto> headers = new LinkedHashMap<>();
    constants.forEach((name, constant) -> headers.put(name, header(name, constant).build()));
    return headers;
  }

  /** Every tensor's message but for embedded data; other data are written to the second file. */
  private Map<String, TensorProto> referring(OutputStream data) throws IOException {
    Map<String, TensorProto> headers = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, Constant> entry : constants.entrySet()) {
      TensorProto.Builder header = header(entry.getKey(), entry.getValue());
      if (!isEmbedded(entry.getValue())) {
        refer(header, dataFile(), offset, bytes(entry.getValue()));
        copy(entry.getValue(), data::write);
        offset += bytes(entry.getValue());
      }
      headers.put(entry.getKey(), header.build());
    }
    return headers;
  }

  private interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }

  private static void copy(Constant constant, Sink sink) throws IOException {
    ByteBuffer data = constant.tensor().bytes();
    byte[] chunk = new byte[BUFFER];
    while (data.hasRemaining()) {
      int length = Math.min(chunk.length, data.remaining());
      data.get(chunk, 0, length);
      sink.write(chunk, 0, length);
    }
  }

  private static TensorProto.Builder header(String name, Constant constant) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataTypes.of(constant.type()).getNumber())
        .addAllDims(Arrays.stream(constant.shape().dims()).mapToObj(d -> (long) d).toList());
  }

  private static void refer(TensorProto.Builder header, Path data, long offset, long length) {
    header.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    note(header, "location", data.getFileName().toString());
    note(header, "offset", Long.toString(offset));
    note(header, "length", Long.toString(length));
  }

  private static void note(TensorProto.Builder header, String key, String value) {
    header.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
  }
}
