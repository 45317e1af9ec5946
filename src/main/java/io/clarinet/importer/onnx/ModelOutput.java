package io.clarinet.importer.onnx;

import io.clarinet.file.AtomicFile;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.WireMessage;
import io.clarinet.importer.onnx.proto.WireWriter;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a model file, its weights streamed one tensor at a time. Where the file would pass 2 GB,
 * the weights go to a second file beside it, which it refers to.
 */
final class ModelOutput {
  private static final int MAX_EMBEDDED = 256;
  private final Path file;
  private final Map<String, Constant> constants;
  private final ModelProto model;
  private final boolean external;

  /**
   * @param model everything but the constants
   * @param maxBytes most bytes of the model file before the weights go elsewhere
   */
  ModelOutput(Path file, Map<String, Constant> constants, ModelProto model, long maxBytes)
      throws IOException {
    this.file = file;
    this.constants = constants;
    this.model = model;
    this.external = data(constants) + WireWriter.size(model.graph()) > maxBytes;
  }

  private static long data(Map<String, Constant> constants) {
    return constants.values().stream().mapToLong(ModelOutput::bytes).sum();
  }

  private static long bytes(Constant constant) {
    return constant.shape().size() * constant.type().bytes();
  }

  /**
   * Writes the model. Both files are whole before either takes the place of an older one, from
   * which the weights may come.
   */
  void write() throws IOException {
    try (AtomicFile out = AtomicFile.create(file)) {
      if (external) {
        try (AtomicFile data = AtomicFile.create(dataFile())) {
          write(referring(data.out()), out.out());
          data.commit();
        }
      } else {
        write(embedding(), out.out());
      }
      out.commit();
    }
  }

  private Path dataFile() {
    return file.resolveSibling(file.getFileName() + ".data");
  }

  private void write(List<WireMessage> tensors, OutputStream stream) throws IOException {
    WireMessage graph =
        out -> {
          model.graph().writeTo(out);
          for (WireMessage tensor : tensors) {
            out.message(GraphProto.INITIALIZER, tensor);
          }
        };
    WireWriter.write(out -> model.writeTo(out, graph), stream);
  }

  /**
   * Whether a constant's data go into the model file: small ones do, mostly shapes, which readers
   * need at once.
   */
  private boolean isEmbedded(Constant constant) {
    return !external || bytes(constant) <= MAX_EMBEDDED;
  }

  /** Tensors with their data. */
  private List<WireMessage> embedding() {
    List<WireMessage> tensors = new ArrayList<>();
    constants.forEach((name, constant) -> tensors.add(embedded(name, constant)));
    return tensors;
  }

  /** Tensors, most without their data, which are written to the second file. */
  private List<WireMessage> referring(OutputStream data) throws IOException {
    List<WireMessage> tensors = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Constant> entry : constants.entrySet()) {
      Constant constant = entry.getValue();
      if (isEmbedded(constant)) {
        tensors.add(embedded(entry.getKey(), constant));
      } else {
        tensors.add(header(entry.getKey(), constant, place(offset, bytes(constant))));
        Channels.newChannel(data).write(constant.tensor().bytes());
        offset += bytes(constant);
      }
    }
    return tensors;
  }

  /** A tensor that fetches its data when they are written. */
  private static WireMessage embedded(String name, Constant constant) {
    TensorProto header = header(name, constant, List.of());
    return out -> {
      header.writeTo(out);
      out.bytes(TensorProto.RAW_DATA, bytes(constant), () -> constant.tensor().bytes());
    };
  }

  private static TensorProto header(
      String name, Constant constant, List<StringStringEntryProto> place) {
    return new TensorProto(
        name,
        DataTypes.of(constant.type()).number(),
        OnnxAttributes.dims(constant.shape()),
        null,
        Map.of(),
        !place.isEmpty(),
        place);
  }

  /** Where in the second file a tensor's data are. */
  private List<StringStringEntryProto> place(long offset, long length) {
    return List.of(
        new StringStringEntryProto("location", dataFile().getFileName().toString()),
        new StringStringEntryProto("offset", Long.toString(offset)),
        new StringStringEntryProto("length", Long.toString(length)));
  }
}
