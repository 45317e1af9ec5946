package io.clarinet.importer.onnx;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.op.Branch;
import io.clarinet.op.If;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Conditionals, which {@link NodesImport} reads. */
final class OnnxConditionals {
  private OnnxConditionals() {}

  static void register(OnnxOperators table) {
    table.writes(If.class, OnnxConditionals::write);
  }

  private static void write(If op, Node node, ExportedNodes to) {
    AttributeProto then = branch("then_branch", true, op, node, to);
    AttributeProto otherwise = branch("else_branch", false, op, node, to);
    List<String> condition = node.inputs().subList(0, 1);
    to.add("If", node.name(), condition, node.outputs(), List.of(then, otherwise));
  }

  private static AttributeProto branch(
      String attribute, boolean first, If op, Node node, ExportedNodes to) {
    Branch branch = op.branch(first);
    to.require(branch.refusal() == null, "a branch that is not supported");
    ExportedNodes inner = to.inner();
    Map<String, String> renamed = new HashMap<>();
    List<String> arguments = op.arguments(first, node.inputs());
    for (int i = 0; i < arguments.size(); i++) {
      renamed.put(branch.parameters().get(i), arguments.get(i));
    }
    for (Branch.Call call : branch.calls()) {
      call.outputs().forEach(output -> renamed.put(output, to.fresh(node.name())));
      Node own =
          new Node(
              call.name(), call.op(), all(call.inputs(), renamed), all(call.outputs(), renamed));
      OnnxOperators.ALL.exporter(call.op()).export(call.op(), own, inner);
    }
    List<ValueInfoProto> outputs = new ArrayList<>();
    for (String result : all(branch.outputs(), renamed)) {
      String output = inner.value("Identity", node.name(), result);
      outputs.add(new ValueInfoProto(output, null));
    }
    return AttributeProto.graph(
        attribute, new GraphProto(attribute, inner.nodes(), List.of(), List.of(), outputs));
  }

  private static List<String> all(List<String> values, Map<String, String> renamed) {
    return values.stream().map(v -> Objects.requireNonNull(renamed.get(v), v)).toList();
  }
}
