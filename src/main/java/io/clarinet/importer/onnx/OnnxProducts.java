package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Matrix products. */
final class OnnxProducts {
  private OnnxProducts() {}

  static void register(OnnxOperators table) {
    table.reads("Gemm", OnnxProducts::readGemm);
    table.reads("MatMul", OnnxProducts::readMatMul);
    table.writes(Dense.class, OnnxProducts::writeDense);
    table.writes(MatMul.class, (op, node, to) -> to.add("MatMul", node.inputs(), node.output()));
  }

  /** A product that is the node's output. */
  private static void readGemm(OnnxNode node, OnnxTranslation to) {
    Product product = product(node, to);
    to.results(node, product.op(), product.inputs(), 1);
  }

  /** Adds the product of a node that does more. Returns its result. */
  static String gemm(OnnxNode node, OnnxTranslation to) {
    Product product = product(node, to);
    return to.value(product.op(), product.inputs().toArray(String[]::new));
  }

  /** The last step of a product. */
  private record Product(Op op, List<String> inputs) {}

  /** alpha · A · B + beta · C, as a dense layer as far as it is one. */
  private static Product product(OnnxNode node, OnnxTranslation to) {
    String a = node.input(0);
    if (node.flag("transA")) {
      a = to.value(new Transpose(List.of(1, 0)), a);
    }
    boolean transposed = node.flag("transB");
    float alpha = node.real("alpha", 1);
    boolean hasC = node.hasInput(2) && node.real("beta", 1) != 0;
    if (alpha == 1 && hasC && isBias(node, to, transposed)) {
      Dense dense = new Dense(transposed, Epilogue.BIAS);
      return new Product(dense, List.of(a, node.input(1), node.input(2)));
    }
    Dense dense = new Dense(transposed, Epilogue.NONE);
    if (alpha == 1 && !hasC) {
      return new Product(dense, List.of(a, node.input(1)));
    }
    String product = to.value(dense, a, node.input(1));
    if (!hasC) {
      return new Product(mul(), List.of(product, scalar(to, alpha)));
    }
    String scaled = alpha == 1 ? product : to.value(mul(), product, scalar(to, alpha));
    float beta = node.real("beta", 1);
    String c = beta == 1 ? node.input(2) : to.value(mul(), node.input(2), scalar(to, beta));
    return new Product(Binary.ADD, List.of(scaled, c));
  }

  private static boolean isBias(OnnxNode node, OnnxTranslation to, boolean transposed) {
    Fact weights = to.fact(node.input(1));
    Fact c = to.fact(node.input(2));
    return node.real("beta", 1) == 1
        && weights != null
        && c != null
        && weights.shape().rank() == 2
        && c.shape().rank() >= 1
        && c.shape().dim(-1) == weights.shape().dim(transposed ? 0 : 1)
        && c.shape().size() == c.shape().dim(-1);
  }

  private static Binary mul() {
    return new Binary(Binary.Kind.MUL, null);
  }

  private static String scalar(OnnxTranslation to, float value) {
    return to.constant(Tensor.of(Shape.of(), value));
  }

  private static void readMatMul(OnnxNode node, OnnxTranslation to) {
    to.result(node, product(node.input(0), node.input(1), to), node.input(0), node.input(1));
  }

  /** The operator that multiplies two values: a dense layer where the right one is its weights. */
  static Op product(String a, String b, OnnxTranslation to) {
    boolean dense = to.rank(a) == 2 && to.rank(b) == 2 && to.known(b) != null;
    return dense ? new Dense(false, Epilogue.NONE) : new MatMul();
  }

  private static void writeDense(Dense op, Node node, ExportedNodes to) {
    OnnxEpilogues.write("Gemm", op.epilogue(), node, to, List.of(flag("transB", op.transposed())));
  }
}
