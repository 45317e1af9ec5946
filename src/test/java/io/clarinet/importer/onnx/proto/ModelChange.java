package io.clarinet.importer.onnx.proto;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every tensor and attribute of a model replaced, and functions said to be of a size.
 *
 * @param tensor null for none
 */
record ModelChange(
    UnaryOperator<@Nullable ByteBuffer> tensor,
    UnaryOperator<AttributeProto> attribute,
    int functionBytes) {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  ModelProto of(ModelProto model) {
    return new ModelProto(
        model.irVersion(),
        model.producerName(),
        model.producerVersion(),
        of(model.graph()),
        model.opsetImports(),
        model.metadataProps(),
        model.functions().stream()
            .map(
                f ->
                    new FunctionProto(
                        f.name(),
                        f.domain(),
                        f.overload(),
                        f.inputs(),
                        f.outputs(),
                        f.attributes(),
                        attributes(f.defaults()),
                        nodes(f.nodes()),
                        f.opsetImports(),
                        functionBytes))
            .toList());
  }

  private GraphProto of(GraphProto graph) {
    return new GraphProto(
        graph.name(),
        nodes(graph.nodes()),
        graph.initializers().stream().map(tensor).filter(Objects::nonNull).toList(),
        graph.inputs(),
        graph.outputs());
  }

  private List<NodeProto> nodes(List<NodeProto> nodes) {
    return nodes.stream()
        .map(
            node ->
                new NodeProto(
                    node.name(),
                    node.opType(),
                    node.domain(),
                    node.inputs(),
                    node.outputs(),
                    attributes(node.attributes()),
                    node.overload()))
        .toList();
  }

  private List<AttributeProto> attributes(List<AttributeProto> attributes) {
    return attributes.stream()
        .map(a -> a.g() == null ? a : with(a, a.t(), of(a.g())))
        .map(attribute)
        .toList();
  }

  static AttributeProto with(AttributeProto a, ByteBuffer t, @Nullable GraphProto g) {
    return new AttributeProto(
        a.name(), a.type(), a.f(), a.i(), a.s(), t, g, a.floats(), a.ints(), a.reference(), NONE);
  }
}
