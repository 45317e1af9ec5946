package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ExportedNodes.flag;
import static io.clarinet.importer.onnx.ExportedNodes.integer;
import static io.clarinet.importer.onnx.ExportedNodes.integers;
import static io.clarinet.importer.onnx.ExportedNodes.real;

import com.google.protobuf.ByteString;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Concat;
import io.clarinet.op.Expand;
import io.clarinet.op.Fill;
import io.clarinet.op.Gather;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Lrn;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says our operators in ONNX's, of opset 17. */
final class OperatorExport {
  private static final Map<Class<? extends Op>, Writer<Op>> WRITERS = new HashMap<>();

  /** Adds the ONNX nodes that one of our operators comes to. */
  interface Writer<T extends Op> {
    void write(T op, Node node, ExportedNodes to);
  }

  static {
    ImageExport.register();
    ReductionExport.register();
    ShapeExport.register();
    SpatialExport.register();
    put(BatchNorm.class, OperatorExport::batchNorm);
    put(Binary.class, OperatorExport::binary);
    put(Cast.class, OperatorExport::cast);
    put(Concat.class, (op, n, to) -> to.add("Concat", n.inputs(), n.output(), axis(op.axis())));
    put(Expand.class, (op, n, to) -> to.add("Expand", n.inputs(), n.output()));
    put(Fill.class, (op, n, to) -> fill(op.type(), op.value(), n.inputs().get(0), n.output(), to));
    put(Gather.class, (op, n, to) -> to.add("Gather", n.inputs(), n.output(), axis(op.axis())));
    put(GlobalPool2d.class, OperatorExport::globalPool);
    put(Lrn.class, OperatorExport::lrn);
    put(MatMul.class, (op, n, to) -> to.add("MatMul", n.inputs(), n.output()));
    put(ShapeOf.class, OperatorExport::shape);
    put(Softmax.class, OperatorExport::softmax);
    put(Transpose.class, OperatorExport::transpose);
    put(Unary.class, (op, n, to) -> activation(op, n.inputs().get(0), n.output(), to));
  }

  private OperatorExport() {}

  @SuppressWarnings("unchecked")
  static <T extends Op> void put(Class<T> type, Writer<T> writer) {
    WRITERS.put(type, (Writer<Op>) writer);
  }

  /**
   * Adds what a node means.
   *
   * @throws GraphException if ONNX has no such operator
   */
  static void write(Node node, ExportedNodes to) {
    Writer<Op> writer = WRITERS.get(node.op().getClass());
    if (writer == null) {
      throw new GraphException(node, "cannot be written as ONNX");
    }
    try {
      writer.write(node.op(), node, to);
    } catch (IllegalArgumentException e) {
      throw new GraphException(node, String.valueOf(e.getMessage()));
    }
  }

  static AttributeProto axis(int axis) {
    return integer("axis", axis);
  }

  /** The name under which a result awaits an activation; the output's own if there is none. */
  static String before(@Nullable Unary activation, String output, ExportedNodes to) {
    return activation == null ? output : to.fresh(output);
  }

  /** Adds the activation that {@link #before} left room for. */
  static void after(@Nullable Unary activation, String value, String output, ExportedNodes to) {
    if (activation != null) {
      activation(activation, value, output, to);
    }
  }

  private static void activation(Unary op, String x, String y, ExportedNodes to) {
    OnnxActivations.Form form = OnnxActivations.form(op.kind());
    if (op.kind() == Unary.Kind.CLIP) {
      to.add("Clip", List.of(x, to.scalar(y, op.alpha()), to.scalar(y, op.beta())), y);
    } else if (op.kind() == Unary.Kind.MISH) {
      mish(x, y, to);
    } else if (form == null) {
      gelu(op, x, y, to);
    } else if (form.alpha().isEmpty()) {
      to.add(form.operator(), List.of(x), y);
    } else if (form.beta().isEmpty()) {
      to.add(form.operator(), List.of(x), y, real(form.alpha(), op.alpha()));
    } else {
      to.add(
          form.operator(),
          List.of(x),
          y,
          real(form.alpha(), op.alpha()),
          real(form.beta(), op.beta()));
    }
  }

  /** x / 2 · (1 + erf(x / √2)), or with tanh, since opset 17 has no node for it. */
  private static void gelu(Unary op, String x, String y, ExportedNodes to) {
    String inner =
        op.kind() == Unary.Kind.GELU
            ? added(to, "Erf", y, added(to, "Mul", y, x, to.scalar(y, (float) Math.sqrt(0.5))))
            : added(to, "Tanh", y, tanhArgument(x, y, to));
    String raised = added(to, "Add", y, inner, to.scalar(y, 1));
    String half = added(to, "Mul", y, x, to.scalar(y, 0.5f));
    to.add("Mul", List.of(half, raised), y);
  }

  /** √(2/π) · (x + 0.044715 · x³). */
  private static String tanhArgument(String x, String y, ExportedNodes to) {
    String square = added(to, "Mul", y, x, x);
    String cube = added(to, "Mul", y, square, x);
    String small = added(to, "Mul", y, cube, to.scalar(y, 0.044715f));
    String sum = added(to, "Add", y, x, small);
    return added(to, "Mul", y, sum, to.scalar(y, (float) Math.sqrt(2 / Math.PI)));
  }

  /** x · tanh(softplus(x)), which opset 17 has no node for either. */
  private static void mish(String x, String y, ExportedNodes to) {
    String soft = added(to, "Softplus", y, x);
    to.add("Mul", List.of(x, added(to, "Tanh", y, soft)), y);
  }

  private static String added(ExportedNodes to, String op, String stem, String... inputs) {
    String name = to.fresh(stem);
    to.add(op, List.of(inputs), name);
    return name;
  }

  private static void batchNorm(BatchNorm op, Node node, ExportedNodes to) {
    String y = before(op.activation(), node.output(), to);
    to.add("BatchNormalization", node.inputs(), y, real("epsilon", op.epsilon()));
    after(op.activation(), y, node.output(), to);
  }

  private static void binary(Binary op, Node node, ExportedNodes to) {
    String y = before(op.activation(), node.output(), to);
    String name = op.kind().name();
    String capital = name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    switch (op.kind()) {
      case PRELU -> to.add("PRelu", node.inputs(), y);
      case FMOD -> to.add("Mod", node.inputs(), y, flag("fmod", true));
      default -> to.add(capital, node.inputs(), y);
    }
    after(op.activation(), y, node.output(), to);
  }

  private static void cast(Cast op, Node node, ExportedNodes to) {
    to.add(
        "Cast", node.inputs(), node.output(), integer("to", DataTypes.of(op.type()).getNumber()));
  }

  /** Adds a node that fills a shape, the value of {@code shape}, with one value. */
  static void fill(ElementType type, double value, String shape, String y, ExportedNodes to) {
    Tensor element = Tensor.zeros(type, Shape.of(1));
    element.set(0, value);
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(DataTypes.of(type).getNumber())
            .addDims(1)
            .setRawData(ByteString.copyFrom(element.bytes()))
            .build();
    AttributeProto attribute =
        ExportedNodes.attribute("value", AttributeType.TENSOR).setT(tensor.toByteString()).build();
    to.add("ConstantOfShape", List.of(shape), y, attribute);
  }

  private static void globalPool(GlobalPool2d op, Node node, ExportedNodes to) {
    boolean max = op.kind() == Pool2d.Kind.MAX;
    to.add(max ? "GlobalMaxPool" : "GlobalAveragePool", node.inputs(), node.output());
  }

  private static void lrn(Lrn op, Node node, ExportedNodes to) {
    to.add(
        "LRN",
        node.inputs(),
        node.output(),
        integer("size", op.size()),
        real("alpha", op.alpha()),
        real("beta", op.beta()),
        real("bias", op.bias()));
  }

  private static void shape(ShapeOf op, Node node, ExportedNodes to) {
    to.add(
        "Shape",
        node.inputs(),
        node.output(),
        integer("start", op.start()),
        integer("end", op.end()));
  }

  /** One over all axes from some axis on is that of a matrix. */
  private static void softmax(Softmax op, Node node, ExportedNodes to) {
    String name = op.log() ? "LogSoftmax" : "Softmax";
    if (!op.flat()) {
      to.add(name, node.inputs(), node.output(), axis(op.axis()));
      return;
    }
    String y = node.output();
    String matrix = to.fresh(y);
    String result = to.fresh(y);
    String shape = to.fresh(y);
    to.add("Flatten", node.inputs(), matrix, axis(op.axis()));
    to.add(name, List.of(matrix), result, axis(1));
    to.add("Shape", node.inputs(), shape);
    to.add("Reshape", List.of(result, shape), y, flag("allowzero", true));
  }

  private static void transpose(Transpose op, Node node, ExportedNodes to) {
    int[] axes = op.permutation().stream().mapToInt(Integer::intValue).toArray();
    if (axes.length == 0) {
      to.add("Transpose", node.inputs(), node.output());
    } else {
      to.add("Transpose", node.inputs(), node.output(), integers("perm", axes));
    }
  }
}
