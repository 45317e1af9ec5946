package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a model file holds. */
public record ModelProto(
    long irVersion,
    String producerName,
    String producerVersion,
    GraphProto graph,
    List<OperatorSetIdProto> opsetImports,
    List<StringStringEntryProto> metadataProps,
    List<FunctionProto> functions)
    implements WireMessage {
  private static final int IR_VERSION = 1 << BITS | VARINT;
  private static final int PRODUCER_NAME = 2 << BITS | DELIMITED;
  private static final int PRODUCER_VERSION = 3 << BITS | DELIMITED;
  static final int GRAPH = 7 << BITS | DELIMITED;
  private static final int OPSET_IMPORT = 8 << BITS | DELIMITED;
  private static final int METADATA_PROPS = 14 << BITS | DELIMITED;
  static final int FUNCTION = 25 << BITS | DELIMITED;

  public ModelProto {
    opsetImports = List.copyOf(opsetImports);
    metadataProps = List.copyOf(metadataProps);
    functions = List.copyOf(functions);
  }

  /** A model without functions of its own. */
  public ModelProto(
      long irVersion,
      String producerName,
      String producerVersion,
      GraphProto graph,
      List<OperatorSetIdProto> opsetImports,
      List<StringStringEntryProto> metadataProps) {
    this(irVersion, producerName, producerVersion, graph, opsetImports, metadataProps, List.of());
  }

  /**
   * A model, its tensors still views of the bytes.
   *
   * @throws WireException if the bytes are malformed or end too early
   * @throws IllegalArgumentException if it would take far more memory than its bytes do, or holds
   *     no graph
   */
  public static ModelProto read(ByteBuffer model) throws WireException {
    StructureLimit.require(model);
    WireReader in = new WireReader(model);
    long irVersion = 0;
    String producerName = "";
    String producerVersion = "";
    List<ByteBuffer> graph = new ArrayList<>();
    List<OperatorSetIdProto> opsetImports = new ArrayList<>();
    List<StringStringEntryProto> metadataProps = new ArrayList<>();
    List<FunctionProto> functions = new ArrayList<>(0);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case IR_VERSION -> irVersion = in.varint();
        case PRODUCER_NAME -> producerName = in.string();
        case PRODUCER_VERSION -> producerVersion = in.string();
        case GRAPH -> graph.add(in.payload());
        case OPSET_IMPORT -> opsetImports.add(OperatorSetIdProto.read(in.payload()));
        case METADATA_PROPS -> metadataProps.add(StringStringEntryProto.read(in.payload()));
        case FUNCTION -> functions.add(FunctionProto.read(in.payload()));
        default -> in.skip();
      }
    }
    if (graph.isEmpty()) {
      throw new IllegalArgumentException("not an ONNX model: it holds no graph");
    }
    return new ModelProto(
        irVersion,
        producerName,
        producerVersion,
        GraphProto.read(graph),
        opsetImports,
        metadataProps,
        functions);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    writeTo(out, graph);
  }

  /** Writes the model with its graph as the caller has it, such as with streamed weights. */
  public void writeTo(WireWriter out, WireMessage graph) throws IOException {
    out.integer(IR_VERSION, irVersion);
    if (!producerName.isEmpty()) {
      out.string(PRODUCER_NAME, producerName);
    }
    if (!producerVersion.isEmpty()) {
      out.string(PRODUCER_VERSION, producerVersion);
    }
    for (OperatorSetIdProto opset : opsetImports) {
      out.message(OPSET_IMPORT, opset);
    }
    for (StringStringEntryProto entry : metadataProps) {
      out.message(METADATA_PROPS, entry);
    }
    out.message(GRAPH, graph);
    for (FunctionProto function : functions) {
      out.message(FUNCTION, function);
    }
  }
}
