package io.clarinet.importer.onnx;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Epilogues of our operators, which take further nodes in ONNX. */
final class OnnxEpilogues {
  private OnnxEpilogues() {}

  /** Adds an operator with its bias, then the residual, then the activation. */
  static void write(
      String operator,
      Epilogue epilogue,
      Node node,
      ExportedNodes to,
      List<AttributeProto> attributes) {
    List<String> inputs = node.inputs().subList(0, epilogue.bias() ? 3 : 2);
    String active = before(epilogue.activation(), node.output(), to);
    String sum = epilogue.residual() ? to.fresh(node.output()) : active;
    to.add(operator, sum, inputs, List.of(sum), attributes);
    if (epilogue.residual()) {
      to.add("Add", List.of(sum, node.inputs().get(epilogue.residualIndex())), active);
    }
    after(epilogue.activation(), active, node.output(), to);
  }

  /** Adds an operator, then the activation. */
  static void write(
      String operator,
      @Nullable Unary activation,
      Node node,
      ExportedNodes to,
      List<AttributeProto> attributes) {
    String result = before(activation, node.output(), to);
    to.add(operator, result, node.inputs(), List.of(result), attributes);
    after(activation, result, node.output(), to);
  }

  /** The name under which a result awaits an activation; the output's own if there is none. */
  private static String before(@Nullable Unary activation, String output, ExportedNodes to) {
    return activation == null ? output : to.fresh(output);
  }

  private static void after(
      @Nullable Unary activation, String value, String output, ExportedNodes to) {
    if (activation != null) {
      OnnxActivations.write(activation, value, output, to);
    }
  }
}
