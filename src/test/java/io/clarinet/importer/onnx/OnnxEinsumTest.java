package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.op.Dense;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Einsum, read as other operators, is the sum that its equation says. */
class OnnxEinsumTest {
  @TempDir Path folder;

  private Graph read(String equation, int opened, Map<String, Shape> inputs) throws IOException {
    ModelWriter model = new ModelWriter(12);
    inputs.forEach(
        (name, shape) -> {
          long[] dims = new long[shape.rank()];
          for (int i = 0; i < dims.length; i++) {
            dims[i] = i < opened ? -1 : shape.dim(i);
          }
          model.input(name, dims);
        });
    model.node("Einsum", "y", List.copyOf(inputs.keySet()), text("equation", equation));
    return ModelFile.read(model.output("y").write(folder), Limits.DEFAULT);
  }

  private static int extent(char label) {
    return 2 + label % 4;
  }

  private static Map<String, Shape> shapes(String equation) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String term : equation.split("->")[0].split(",")) {
      shapes.put("x" + shapes.size(), Shape.of(term.chars().map(c -> extent((char) c)).toArray()));
    }
    return shapes;
  }

  /** The definition: over all values of all labels. */
  private static Tensor definition(String equation, List<Tensor> operands) {
    String[] sides = equation.split("->", -1);
    String labels =
        equation
            .replaceAll("[,>-]", "")
            .chars()
            .distinct()
            .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
            .toString();
    Tensor y = Tensor.zeros(Shape.of(sides[1].chars().map(c -> extent((char) c)).toArray()));
    int[] at = new int[128];
    long count = labels.chars().mapToLong(c -> extent((char) c)).reduce(1, (a, b) -> a * b);
    for (long i = 0; i < count; i++) {
      long rest = i;
      for (int k = 0; k < labels.length(); k++) {
        at[labels.charAt(k)] = (int) (rest % extent(labels.charAt(k)));
        rest /= extent(labels.charAt(k));
      }
      double product = 1;
      String[] terms = sides[0].split(",");
      for (int k = 0; k < terms.length; k++) {
        product *= operands.get(k).doubleAt(place(terms[k], at));
      }
      long to = place(sides[1], at);
      y.set(to, y.doubleAt(to) + product);
    }
    return y;
  }

  private static long place(String term, int[] at) {
    long place = 0;
    for (int k = 0; k < term.length(); k++) {
      place = place * extent(term.charAt(k)) + at[term.charAt(k)];
    }
    return place;
  }

  /** Nothing cancels out in sums of these. */
  private static Tensor positive(Shape shape) {
    Tensor x = TestTensors.random(Fresh.random(), shape.dims());
    for (long i = 0; i < shape.size(); i++) {
      x.set(i, Math.abs(x.doubleAt(i)));
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ij->ji",
        "ij->i",
        "ij->",
        "ii->i",
        "ii->",
        "bii->ib",
        "iij->j",
        "iaia->ai",
        "ij,jk->ik",
        "ij,jk->ki",
        "ij,kj->ik",
        "ij,j->i",
        "j,ij->i",
        "i,i->",
        "i,j->ij",
        "i,j->ji",
        "ij,ij->ij",
        "ij,i->ij",
        "ij,ij->i",
        "ij,kl->",
        "bij,bjk->bik",
        "bhid,bhjd->bhij",
        "bhij,bhjd->bihd",
        "btd,dhk->bthk",
        "bthk,hkd->btd",
        "bhwc,hkc->bhwk",
        "bhwc,wkc->bhwk",
        "abc,cba->b",
        "abcd,efcd->aebf",
        "bn,anm,bm->ba",
        "ij,jk,kl,lm->im",
        "iij,jkk->ik",
        ",ij->ji"
      })
  void isTheSumThatTheEquationSays(String equation) throws IOException {
    Map<String, Shape> shapes = shapes(equation);
    List<Tensor> operands = new ArrayList<>();
    Map<String, Tensor> values = new HashMap<>();
    shapes.forEach(
        (name, shape) -> {
          Tensor x = positive(shape);
          operands.add(x);
          values.put(name, x);
        });
    Tensor expected = definition(equation, operands);
    for (int opened : new int[] {0, 1, 9}) {
      Tensor y = new ReferenceRunner(read(equation, opened, shapes)).run(values).get("y");
      assertThat(y.shape()).isEqualTo(expected.shape());
      assertThat(TestTensors.relativeError(y, expected)).isLessThan(1e-5);
    }
  }

  @Test
  void withoutAResultItIsWhatStandsOnce() throws IOException {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Map<String, Shape> two = Map.of("x", Shape.of(2, 2));
    assertThat(run(read(" b a ", 0, two), x).toFloatArray()).containsExactly(1, 3, 2, 4);
    assertThat(run(read("ii", 0, two), x).toFloatArray()).containsExactly(5);
    assertThat(run(read("a...", 0, two), x).toFloatArray()).containsExactly(1, 3, 2, 4);
  }

  private static Tensor run(Graph graph, Tensor x) {
    return new ReferenceRunner(graph).run(Map.of("x", x)).get("y");
  }

  @Test
  void anEllipsisBroadcasts() throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("a", Shape.of(2, 1, 3, 4));
    shapes.put("b", Shape.of(5, 4, 2));
    Tensor a = TestTensors.random(Fresh.random(), 2, 1, 3, 4);
    Tensor b = TestTensors.random(Fresh.random(), 5, 4, 2);
    Graph graph = read("...ij,...jk->...ik", 0, shapes);
    Tensor y = new ReferenceRunner(graph).run(Map.of("a", a, "b", b)).get("y");
    Tensor expected = new MatMul().evaluate(List.of(a, b)).get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 5, 3, 2));
    assertThat(TestTensors.relativeError(y, expected)).isLessThan(1e-6);
  }

  /** The projections of attention, as JAX and Keras write them, are one matrix product each. */
  @Test
  void weightsOfSeveralColumnsAreOneMatrix() throws IOException {
    ModelWriter model = new ModelWriter(12).input("x", -1, 7, 6);
    model.initializer("w", TestTensors.random(Fresh.random(), 6, 3, 2));
    model.node("Einsum", "y", List.of("x", "w"), text("equation", "abc,cde->abde"));
    Graph graph = ModelFile.read(model.output("y").write(folder), Limits.DEFAULT);
    assertThat(graph.nodes().stream().map(Node::op))
        .noneMatch(Transpose.class::isInstance)
        .filteredOn(op -> !(op instanceof Reshape))
        .singleElement()
        .isInstanceOf(MatMul.class);
    Op last = graph.nodes().get(graph.nodes().size() - 1).op();
    assertThat(last).isEqualTo(Reshape.IDENTITY);
  }

  @Test
  void aMatrixOfWeightsIsADenseLayer() throws IOException {
    ModelWriter model = new ModelWriter(12).input("x", -1, 3);
    model.initializer("w", TestTensors.random(Fresh.random(), 4, 3));
    model.node("Einsum", "y", List.of("x", "w"), text("equation", "bi,oi->bo"));
    Graph graph = ModelFile.read(model.output("y").write(folder), Limits.DEFAULT);
    assertThat(graph.nodes().stream().map(Node::op)).hasAtLeastOneElementOfType(Dense.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i",
        "ijk",
        "ij,jk",
        "ij->ik",
        "ij->ii",
        "i j k",
        "i.j",
        "....",
        "i-j",
        "ij->j->i",
        "i..j",
        "...i...",
        "\u00e4\u00e4"
      })
  void refusesWhatIsNoEquation(String equation) {
    assertThatThrownBy(() -> read(equation, 0, Map.of("x", Shape.of(2, 3))))
        .hasMessageContaining("\"y\" (Einsum)")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refusesWhatIsNotThere() {
    Map<String, Shape> one = Map.of("x", Shape.of(2, 3));
    assertThatThrownBy(() -> read("i".repeat(300), 0, one)).hasMessageContaining("characters");
    assertThatThrownBy(() -> read("...j->j", 0, one)).hasMessageContaining("leaves out");
    assertThatThrownBy(() -> read("ii->i", 0, one)).hasMessageContaining("have one label");
  }
}
