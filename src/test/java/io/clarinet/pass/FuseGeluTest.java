package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseGeluTest {
  private static final Binary MUL = new Binary(Binary.Kind.MUL, null);
  private static final Unary ERF = new Unary(Unary.Kind.ERF, 0, 0);
  private final GraphBuilder graph = new GraphBuilder("g");

  FuseGeluTest() {
    graph.input("x", 2, 3, 5);
    number("one", 1);
    number("half", 0.5f);
    number("two", 2);
    number("root", (float) Math.sqrt(2));
    number("reciprocal", (float) Math.sqrt(0.5));
  }

  private void number(String name, float value) {
    graph.constant(name, Tensor.of(Shape.of(), value));
  }

  private List<String> rewritten() {
    return operators(new FuseGelu(), graph.output("y").build());
  }

  @Test
  void asPyTorchWritesIt() {
    graph.add("scaled", new Binary(Binary.Kind.DIV, null), "x", "root");
    graph.add("erf", ERF, "scaled");
    graph.add("raised", Binary.ADD, "erf", "one");
    graph.add("product", MUL, "x", "raised");
    graph.add("y", MUL, "product", "half");
    assertThat(rewritten()).containsExactly("Unary");
  }

  @Test
  void withTheHalfOnTheSum() {
    graph.add("scaled", MUL, "reciprocal", "x");
    graph.add("erf", ERF, "scaled");
    graph.add("raised", Binary.ADD, "one", "erf");
    graph.add("halved", MUL, "raised", "half");
    graph.add("y", MUL, "x", "halved");
    assertThat(rewritten()).containsExactly("Unary");
  }

  @Test
  void withTheHalfOnTheElement() {
    graph.add("scaled", MUL, "x", "reciprocal");
    graph.add("erf", ERF, "scaled");
    graph.add("raised", Binary.ADD, "erf", "one");
    graph.add("halved", new Binary(Binary.Kind.DIV, null), "x", "two");
    graph.add("y", MUL, "halved", "raised");
    assertThat(rewritten()).containsExactly("Unary");
  }

  @Test
  void leavesOtherNumbersAlone() {
    graph.add("scaled", MUL, "x", "half");
    graph.add("erf", ERF, "scaled");
    graph.add("raised", Binary.ADD, "erf", "one");
    graph.add("product", MUL, "x", "raised");
    graph.add("y", MUL, "product", "half");
    assertThat(rewritten()).hasSize(5);
  }

  @Test
  void leavesWhatIsReadElsewhereAlone() {
    graph.add("scaled", new Binary(Binary.Kind.DIV, null), "x", "root");
    graph.add("erf", ERF, "scaled");
    graph.add("raised", Binary.ADD, "erf", "one");
    graph.add("product", MUL, "x", "raised");
    graph.add("y", MUL, "product", "half");
    graph.output("erf");
    assertThat(rewritten()).hasSize(5);
  }
}
