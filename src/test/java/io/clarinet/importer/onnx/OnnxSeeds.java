package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small sound models, one for each kind of operator, that a fuzzer starts from. */
public final class OnnxSeeds {
  private static final int OPSET = 13;
  private final Map<String, byte[]> seeds = new LinkedHashMap<>();

  private OnnxSeeds() {}

  /** Models by a name for their file. */
  public static Map<String, byte[]> all() {
    OnnxSeeds seeds = new OnnxSeeds();
    seeds.elementwise();
    seeds.windows();
    seeds.products();
    seeds.shapes();
    seeds.reductions();
    seeds.indices();
    seeds.constants();
    seeds.floats();
    seeds.structure();
    return seeds.seeds;
  }

  private static ModelWriter model() {
    return new ModelWriter(OPSET).input("x", -1, 2, 4, 4).output("y");
  }

  private static Tensor filled(int... dims) {
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, 0.5 + i);
    }
    return tensor;
  }

  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  private void add(
      String op, ModelWriter model, List<String> inputs, AttributeProto... attributes) {
    seeds.put(op, model.node(op, "y", inputs, attributes).bytes());
  }

  /** Numbers of other floating-point types, and casts among them. */
  private void floats() {
    for (DataType type : List.of(DataType.FLOAT16, DataType.BFLOAT16, DataType.DOUBLE)) {
      ModelWriter model =
          new ModelWriter(OPSET)
              .input("x", type, -1, 2)
              .initializer("w", filled(2, 40).as(DataTypes.of(type.number())))
              .node("Cast", "v", List.of("w"), ModelWriter.integer("to", 10))
              .node("MatMul", "m", List.of("x", "v"))
              .node("CastLike", "h", List.of("m", "x"))
              .node("Floor", "y", List.of("h"))
              .output("h", type)
              .output("w", type)
              .output("y", type);
      seeds.put(type.name(), model.bytes());
    }
  }

  private void elementwise() {
    for (String op :
        List.of("Relu", "Sigmoid", "Elu", "HardSwish", "Erf", "Identity", "Softmax", "Flatten")) {
      add(op, model(), List.of("x"));
    }
    for (String op : List.of("Add", "Mul", "Pow", "PRelu", "Max", "Equal")) {
      add(op, model().initializer("c", filled(2, 1, 1)), List.of("x", "c"));
    }
    ModelWriter clip = model().initializer("lo", filled()).initializer("hi", filled());
    add("Clip", clip, List.of("x", "lo", "hi"));
    add("Cast", model(), List.of("x"), ModelWriter.integer("to", 7));
    add("LRN", model(), List.of("x"), ModelWriter.integer("size", 3));
  }

  private void windows() {
    ModelWriter conv = model().initializer("w", filled(2, 2, 3, 3)).initializer("b", filled(2));
    AttributeProto pads = ModelWriter.ints("pads", 1, 1, 1, 1);
    add("Conv", conv, List.of("x", "w", "b"), pads, ModelWriter.ints("strides", 2, 2));
    ModelWriter transposed = model().initializer("w", filled(2, 1, 2, 2));
    add("ConvTranspose", transposed, List.of("x", "w"), ModelWriter.ints("strides", 2, 2));
    AttributeProto kernel = ModelWriter.ints("kernel_shape", 2, 2);
    AttributeProto ceil = ModelWriter.integer("ceil_mode", 1);
    add("MaxPool", model(), List.of("x"), kernel, ceil, ModelWriter.ints("strides", 2, 2));
    add("AveragePool", model(), List.of("x"), kernel, pads);
    add("LpPool", model(), List.of("x"), kernel, ModelWriter.integer("p", 2));
    add("GlobalAveragePool", model(), List.of("x"));
    ModelWriter norm = model();
    for (String role : List.of("scale", "bias", "mean", "var")) {
      norm.initializer(role, filled(2));
    }
    add("BatchNormalization", norm, List.of("x", "scale", "bias", "mean", "var"));
  }

  private void products() {
    ModelWriter gemm = new ModelWriter(OPSET).input("x", -1, 4).output("y");
    gemm.initializer("w", filled(3, 4)).initializer("b", filled(3));
    add("Gemm", gemm, List.of("x", "w", "b"), ModelWriter.integer("transB", 1));
    add("MatMul", model().initializer("w", filled(4, 5)), List.of("x", "w"));
    ModelWriter quantized = model().initializer("s", filled());
    add("QuantizeLinear", quantized, List.of("x", "s"));
  }

  private void shapes() {
    add("Reshape", model().initializer("s", longs(0, -1)), List.of("x", "s"));
    add("Transpose", model(), List.of("x"), ModelWriter.ints("perm", 0, 2, 3, 1));
    add("Squeeze", model().initializer("a", longs(0)), List.of("x", "a"));
    add("Unsqueeze", model().initializer("a", longs(0)), List.of("x", "a"));
    add("Expand", model().initializer("s", longs(2, 2, 4, 4)), List.of("x", "s"));
    add("Concat", model(), List.of("x", "x"), ModelWriter.integer("axis", 1));
    add("Split", model(), List.of("x"), ModelWriter.integer("axis", 1));
    add("Tile", model().initializer("r", longs(1, 2, 1, 1)), List.of("x", "r"));
    add("Pad", model().initializer("p", longs(0, 0, 1, 1, 0, 0, 1, 1)), List.of("x", "p"));
    ModelWriter slice = model().initializer("a", longs(1)).initializer("b", longs(3));
    add("Slice", slice, List.of("x", "a", "b"));
    add("Gather", model().initializer("i", longs(1)), List.of("x", "i"));
    add("DepthToSpace", model(), List.of("x"), ModelWriter.integer("blocksize", 1));
    AttributeProto mode = ModelWriter.text("mode", "linear");
    ModelWriter resize = model().initializer("s", filled(4)).initializer("none", filled(0));
    add("Resize", resize, List.of("x", "none", "s"), mode);
    ModelWriter where = model().initializer("c", filled(1).as(ElementType.BOOL));
    add("Where", where, List.of("c", "x", "x"));
  }

  private void reductions() {
    AttributeProto axes = ModelWriter.ints("axes", 2, 3);
    for (String op : List.of("ReduceMean", "ReduceL2", "ReduceMax")) {
      add(op, model(), List.of("x"), axes);
    }
    add("ArgMax", model(), List.of("x"), ModelWriter.integer("axis", 1));
    add("TopK", model().initializer("k", longs(1)), List.of("x", "k"));
  }

  private void indices() {
    AttributeProto equation = ModelWriter.text("equation", "bchw,hk->bckw");
    add("Einsum", model().initializer("w", filled(4, 3)), List.of("x", "w"), equation);
    add("ReduceLogSumExp", model(), List.of("x"), ModelWriter.ints("axes", 1));
    add("CumSum", model().initializer("a", longs(1)), List.of("x", "a"));
    add("Trilu", model().initializer("k", longs(1)), List.of("x", "k"));
    Tensor pair = Tensor.ofLongs(Shape.of(1, 2), 0, -1);
    add("GatherND", model().initializer("i", pair), List.of("x", "i"));
    ModelWriter slices = model().initializer("i", pair).initializer("u", filled(1, 4, 4));
    add("ScatterND", slices, List.of("x", "i", "u"));
    ModelWriter elements = model().initializer("i", Tensor.ofLongs(Shape.of(1, 1, 1, 1), 0));
    elements.initializer("u", filled(1, 1, 1, 1));
    add("ScatterElements", elements, List.of("x", "i", "u"), ModelWriter.integer("axis", 1));
    ModelWriter marks = model().initializer("d", longs(3)).initializer("v", filled(2));
    add("OneHot", marks, List.of("x", "d", "v"));
  }

  /** Branches, a function that calls another, ONNX Runtime's own, and a tensor of mostly zeros. */
  private void structure() {
    ModelWriter then = new ModelWriter(OPSET).node("Neg", "r", List.of("x")).output("r");
    ModelWriter otherwise = new ModelWriter(OPSET).node("Relu", "r", List.of("x")).output("r");
    ModelWriter shape = model().node("Shape", "s", List.of("x")).initializer("i", longs(0));
    shape.node("Gather", "n", List.of("s", "i")).initializer("m", longs(1));
    add(
        "If",
        shape.node("Equal", "c", List.of("n", "m")),
        List.of("c"),
        AttributeProto.graph("then_branch", then.graph()),
        AttributeProto.graph("else_branch", otherwise.graph()));
    seeds.put("function", functions().bytes());
    ModelWriter fused = model().opset("com.microsoft", 1).initializer("w", filled(2, 2, 1, 1));
    AttributeProto relu = ModelWriter.text("activation", "Relu");
    fused.call("com.microsoft", "FusedConv", "y", List.of("x", "w"), relu);
    seeds.put("FusedConv", fused.bytes());
    SparseTensorProto sparse =
        new SparseTensorProto(
            ModelWriter.proto("c", filled(2)),
            ModelWriter.proto("", longs(1, 30)),
            List.of(2L, 4L, 4L));
    seeds.put("sparse", model().sparse(sparse).node("Add", "y", List.of("x", "c")).bytes());
  }

  private static ModelWriter functions() {
    AttributeProto slope =
        AttributeProto.reference("alpha", AttributeProto.AttributeType.FLOAT, "slope");
    NodeProto leaky =
        new NodeProto("", "LeakyRelu", "", List.of("a"), List.of("b"), List.of(slope));
    AttributeProto half = ModelWriter.real("slope", 0.5f);
    NodeProto call = new NodeProto("", "inner", "own", List.of("a"), List.of("b"), List.of(half));
    return model()
        .function(function("inner", leaky))
        .function(function("outer", call))
        .call("own", "outer", "v", List.of("x"))
        .call("own", "outer", "y", List.of("v"));
  }

  private static FunctionProto function(String name, NodeProto node) {
    List<OperatorSetIdProto> opsets = List.of(new OperatorSetIdProto("", OPSET));
    List<String> a = List.of("a");
    List<String> b = List.of("b");
    return new FunctionProto(name, "own", "", a, b, List.of(), List.of(), List.of(node), opsets, 0);
  }

  /** Shape arithmetic and constants that unfold: what an import computes itself. */
  private void constants() {
    ModelWriter fill = model().initializer("s", longs(1, 2, 4, 4));
    fill.node("ConstantOfShape", "c", List.of("s"), ModelWriter.tensor("value", filled(1)));
    add("Sub", fill, List.of("x", "c"));
    ModelWriter shape = model().node("Shape", "s", List.of("x")).initializer("i", longs(0));
    shape.node("Gather", "n", List.of("s", "i")).initializer("m", longs(-1));
    shape.node("Concat", "t", List.of("n", "m"), ModelWriter.integer("axis", 0));
    seeds.put("flattening", shape.node("Reshape", "y", List.of("x", "t")).bytes());
    ModelWriter constant = model();
    constant.node("Constant", "c", List.of(), ModelWriter.tensor("value", filled(2, 1, 1)));
    add("Div", constant, List.of("x", "c"));
  }
}
