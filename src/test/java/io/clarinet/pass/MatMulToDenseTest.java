package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.MatMul;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatMulToDenseTest {
  private static final Unary SIGMOID = new Unary(Unary.Kind.SIGMOID, 0, 0);
  private final GraphBuilder graph = new GraphBuilder("g");

  MatMulToDenseTest() {
    graph.input("x", io.clarinet.graph.Input.UNKNOWN, 5, 4);
    graph.constant("w", random(1, 4, 3));
    graph.constant("square", random(2, 4, 4));
    graph.constant("bias", random(3, 4));
  }

  private List<String> rewritten(String output) {
    return operators(new MatMulToDense(), graph.output(output).build());
  }

  private Epilogue epilogue() {
    Graph after = new MatMulToDense().apply(PassContract.concrete(graph.build()));
    return after.nodes().stream()
        .filter(node -> node.op() instanceof Dense)
        .map(node -> ((Dense) node.op()).epilogue())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rowsOfAllOuterAxesGoThroughOneLayer() {
    graph.add("y", new MatMul(), "x", "w");
    assertThat(rewritten("y")).containsExactly("Reshape", "Dense", "Reshape");
  }

  @Test
  void weightsMayBeTransposedOnTheirWay() {
    graph.add("columns", new Transpose(List.of(1, 0)), "square");
    graph.add("y", new MatMul(), "x", "columns");
    assertThat(rewritten("y")).containsExactly("Transpose", "Reshape", "Dense", "Reshape");
  }

  @Test
  void aBiasThenAnActivationGoIntoTheEpilogue() {
    graph.add("product", new MatMul(), "x", "square");
    graph.add("sum", Binary.ADD, "bias", "product");
    graph.add("y", SIGMOID, "sum");
    assertThat(rewritten("y")).containsExactly("Reshape", "Dense", "Reshape");
    assertThat(epilogue()).isEqualTo(Epilogue.BIAS.with(SIGMOID));
  }

  @Test
  void aResidualBehindTheBiasDoesTooAndWhatFollowsStays() {
    graph.add("product", new MatMul(), "x", "square");
    graph.add("sum", Binary.ADD, "product", "bias");
    graph.add("residual", Binary.ADD, "x", "sum");
    graph.add("y", Binary.ADD, "residual", "x");
    assertThat(rewritten("y")).containsExactly("Reshape", "Reshape", "Dense", "Reshape", "Binary");
    assertThat(epilogue()).isEqualTo(Epilogue.BIAS.withResidual());
  }

  @Test
  void ofTwoProductsThatAreAddedOneTakesTheSum() {
    graph.add("a", new MatMul(), "x", "square");
    graph.add("b", new MatMul(), "x", "w");
    graph.constant("back", random(4, 3, 4));
    graph.add("c", new MatMul(), "b", "back");
    graph.add("y", Binary.ADD, "a", "c");
    assertThat(rewritten("y").stream().filter("Dense"::equals)).hasSize(3);
    assertThat(rewritten("y")).doesNotContain("Binary");
  }

  @Test
  void whatIsReadTwiceIsWrittenBeforeItsActivation() {
    graph.add("product", new MatMul(), "x", "square");
    graph.add("squashed", SIGMOID, "product");
    graph.add("y", new Binary(Binary.Kind.MUL, null), "product", "squashed");
    assertThat(rewritten("y")).containsExactly("Reshape", "Dense", "Reshape", "Unary", "Binary");
  }

  @Test
  void leavesProductsOfTwoAxesOrOfUnknownWeightsAlone() {
    graph.input("flat", io.clarinet.graph.Input.UNKNOWN, 4);
    graph.add("of_rows", new MatMul(), "flat", "w");
    graph.output("of_rows");
    graph.add("turned", new Transpose(List.of(0, 2, 1)), "x");
    graph.add("y", new MatMul(), "x", "turned");
    assertThat(rewritten("y")).containsExactly("MatMul", "Transpose", "MatMul");
  }
}
