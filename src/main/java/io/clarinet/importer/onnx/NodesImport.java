package io.clarinet.importer.onnx;

import io.clarinet.graph.GraphException;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.op.Branch;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates the nodes of a model, those of the functions that they call, and those of branches.
 * Where a condition is known the branch's nodes stand in the place of the conditional; where shapes
 * will decide it, both branches are kept for the planning.
 */
final class NodesImport {
  private static final int MAX_DEPTH = 100;
  private static final Set<String> OWN_DOMAINS = Set.of("", "ai.onnx", "com.microsoft");

  private final Path file;
  private final OnnxTranslation translation;
  private final InitializerImport initializers;
  private final Functions functions;
  private final Opsets opsets;

  /** Bodies of functions, which may be called often, by their nodes. */
  private final IdentityHashMap<List<NodeProto>, Body> bodies = new IdentityHashMap<>();

  private Unsupported unsupported = new Unsupported();
  private int depth;

  NodesImport(
      Path file,
      OnnxTranslation translation,
      InitializerImport initializers,
      Functions functions,
      Opsets opsets) {
    this.file = file;
    this.translation = translation;
    this.initializers = initializers;
    this.functions = functions;
    this.opsets = opsets;
  }

  /** What was met so far that is not supported. */
  Unsupported unsupported() {
    return unsupported;
  }

  /** Nodes in an order in which they can run, and the names that these and others read. */
  record Body(List<NodeProto> nodes, Set<String> read) {

    static Body of(List<NodeProto> nodes, List<String> wanted) {
      List<NodeProto> needed = new NodeOrder(nodes).needed(wanted);
      Set<String> read = new HashSet<>(wanted);
      needed.forEach(node -> read.addAll(InnerGraphs.reads(node)));
      read.remove("");
      return new Body(needed, read);
    }
  }

  /** Translates nodes whose names the scope knows. */
  void translate(Body body, Scope scope) throws IOException {
    Set<String> read = new HashSet<>();
    for (String name : body.read()) {
      String value = scope.find(name);
      if (value != null) {
        read.add(value);
      }
    }
    for (NodeProto node : body.nodes()) {
      translate(node, scope, read);
    }
  }

  /** Once something is not supported, what depends on it fails too, and is not worth a word. */
  private void translate(NodeProto proto, Scope scope, Set<String> read) throws IOException {
    NodeProto resolved = proto;
    try {
      resolved = scope.resolved(proto);
      translate(new OnnxNode(resolved, scope.opset(), read), proto, scope);
    } catch (UnsupportedOperationException e) {
      OnnxNode node = new OnnxNode(resolved, scope.opset(), read);
      unsupported.operator(node, " with " + e.getMessage());
      translation.skip(node);
    } catch (IllegalArgumentException | ArithmeticException | IOException e) {
      OnnxNode node = new OnnxNode(resolved, scope.opset(), read);
      if (unsupported.isEmpty()) {
        String reason = String.valueOf(e.getMessage());
        throw e instanceof GraphException
            ? ModelFormatException.invalid(file, reason, e)
            : ModelFormatException.invalidNode(file, node.label(), reason, e);
      }
      translation.skip(node);
    }
  }

  private void translate(OnnxNode node, NodeProto proto, Scope scope) throws IOException {
    FunctionProto function = functions.calledBy(proto);
    OnnxTranslator translator = OnnxOperators.ALL.translator(node.operator());
    boolean own = translator != null && OWN_DOMAINS.contains(proto.domain());
    translation.begin(node);
    if (function != null && !own) {
      call(node, function);
    } else if (node.operator().equals("If")) {
      choose(node, proto, scope);
    } else if (translator == null) {
      unsupported.operator(node, "");
      translation.skip(node);
    } else if (node.opset() == 0) {
      throw new IllegalArgumentException("the model does not say which opset it uses");
    } else {
      translator.translate(node, translation);
    }
  }

  private void call(OnnxNode node, FunctionProto function) throws IOException {
    functions.enter(node.proto(), function);
    deeper();
    Map<String, AttributeProto> attributes = Functions.attributes(node.proto(), function);
    int opset = opsets.of(function.opsetImports());
    Scope scope = Scope.function(node, opset, attributes);
    for (int i = 0; i < function.inputs().size(); i++) {
      scope.bind(function.inputs().get(i), node.hasInput(i) ? node.input(i) : "");
    }
    body(function.nodes(), function.outputs(), node, scope);
    depth--;
    functions.leave(node.proto());
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "its functions and branches go more than " + MAX_DEPTH + " deep");
    }
  }

  /** Translates nodes in place of one that makes their results, as far as those have names. */
  private void body(List<NodeProto> nodes, List<String> results, OnnxNode node, Scope scope)
      throws IOException {
    List<String> outputs = node.outputs();
    if (outputs.size() > results.size()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs, where it makes " + results.size());
    }
    Map<String, String> wanted = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).isEmpty()) {
        wanted.putIfAbsent(results.get(i), outputs.get(i));
      }
    }
    boolean all = wanted.size() == results.size();
    Body body =
        all
            ? bodies.computeIfAbsent(nodes, any -> Body.of(nodes, results))
            : Body.of(nodes, List.copyOf(wanted.keySet()));
    Set<String> made = define(body, scope);
    wanted.keySet().retainAll(made);
    wanted.forEach(scope::bind);
    translate(body, scope);
    for (int i = 0; i < outputs.size(); i++) {
      String output = outputs.get(i);
      if (!output.isEmpty() && !output.equals(scope.value(results.get(i)))) {
        translation.result(node, i, Reshape.IDENTITY, scope.value(results.get(i)));
      }
    }
  }

  /** Gives names of the graph's to all that nodes make. Returns their own names for it. */
  private Set<String> define(Body body, Scope scope) {
    Set<String> made = new HashSet<>();
    for (NodeProto node : body.nodes()) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          scope.bind(output, translation.fresh(output));
          made.add(output);
        }
      }
    }
    return made;
  }

  private void choose(OnnxNode node, NodeProto proto, Scope scope) throws IOException {
    GraphProto then = node.graph("then_branch");
    GraphProto otherwise = node.graph("else_branch");
    Constant condition = translation.known(node.input(0));
    if (condition != null && condition.shape().size() != 1) {
      throw new IllegalArgumentException("its condition is " + condition.shape());
    }
    if (condition != null) {
      GraphProto taken = condition.tensor().doubleAt(0) != 0 ? then : otherwise;
      deeper();
      Scope inner = scope.branch(node);
      initializers(taken, inner);
      body(taken.nodes(), names(taken), node, inner);
      depth--;
      return;
    }
    node.require(
        !translation.hangsOnValues(node.input(0)), "a condition that values decide, not sizes");
    for (String captured : InnerGraphs.captured(proto)) {
      String value = scope.find(captured);
      if (value != null) {
        translation.prepare(value);
      }
    }
    keepBoth(node, then, otherwise, scope);
  }

  /** A branch that is not supported is no fault as long as it is not taken. */
  private void keepBoth(OnnxNode node, GraphProto then, GraphProto otherwise, Scope scope)
      throws IOException {
    Unsupported before = unsupported;
    Branch first = branch(node, then, scope);
    Unsupported inFirst = unsupported;
    Branch second = branch(node, otherwise, scope);
    boolean neither = first.refusal() != null && second.refusal() != null;
    before.addAll(neither ? inFirst : new Unsupported());
    before.addAll(neither ? unsupported : new Unsupported());
    unsupported = before;
    if (!neither) {
      translation.begin(node);
      translation.choose(node, first, second);
    } else if (unsupported.isEmpty()) {
      throw new IllegalArgumentException(
          "neither branch can be: " + first.refusal() + "; " + second.refusal());
    } else {
      translation.skip(node);
    }
  }

  private Branch branch(OnnxNode node, GraphProto graph, Scope scope) throws IOException {
    unsupported = new Unsupported();
    int mark = translation.branches().mark();
    int level = depth;
    try {
      deeper();
      Scope inner = scope.branch(node);
      initializers(graph, inner);
      List<String> outputs = names(graph);
      Body body = Body.of(graph.nodes(), outputs);
      define(body, inner);
      translate(body, inner);
      List<String> results = outputs.stream().map(inner::value).toList();
      if (results.size() != node.outputs().size()) {
        throw new IllegalArgumentException(
            "a branch of " + results.size() + " outputs, where the node has " + node.outputs());
      }
      Branch branch = translation.branches().branch(mark, results);
      return unsupported.isEmpty() ? branch : Branch.refused(unsupported.text());
    } catch (ModelFormatException e) {
      if (e.kind() != ModelFormatException.Kind.INVALID) {
        throw e;
      }
      return refused(mark, e);
    } catch (IllegalArgumentException e) {
      return refused(mark, e);
    } finally {
      depth = level;
    }
  }

  private Branch refused(int mark, RuntimeException e) {
    translation.branches().branch(mark, List.of());
    return Branch.refused(String.valueOf(e.getMessage()));
  }

  private void initializers(GraphProto graph, Scope scope) throws IOException {
    if (!graph.inputs().isEmpty()) {
      throw new IllegalArgumentException("a branch has inputs");
    }
    initializers.read(graph, scope, null, unsupported);
  }

  private static List<String> names(GraphProto graph) {
    return graph.outputs().stream().map(ValueInfoProto::name).toList();
  }
}
