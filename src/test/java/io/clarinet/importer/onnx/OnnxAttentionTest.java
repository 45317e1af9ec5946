package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.integer;
import static io.clarinet.importer.onnx.ModelWriter.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention and rotary embeddings against their definitions in loops. */
class OnnxAttentionTest {
  private static final int ITEMS = 2;
  private static final int GROUPS = 2;
  private static final int HEADS = 6;
  private static final int QUERIES = 4;
  private static final int KEYS = 5;
  private static final int PAST = 3;
  private static final int WIDTH = 8;
  private static final float SCALE = 0.3f;
  private static final float CAP = 0.7f;

  private final Random random = Fresh.random();
  @TempDir Path folder;

  private Tensor random(int... dims) {
    return TestTensors.random(random, dims);
  }

  private static long[] extents(Tensor tensor) {
    return Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
  }

  private Graph read(ModelWriter model) throws IOException {
    return ModelFile.read(model.write(folder), Limits.DEFAULT);
  }

  /** Batches may be open: nothing but heads and widths need be known of three axes. */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void groupedHeadsWithAPastACapAndAMask(boolean flat, boolean causal) throws IOException {
    int all = PAST + KEYS;
    Tensor q = flat ? random(ITEMS, QUERIES, HEADS * WIDTH) : random(ITEMS, HEADS, QUERIES, WIDTH);
    Tensor k = flat ? random(ITEMS, KEYS, GROUPS * WIDTH) : random(ITEMS, GROUPS, KEYS, WIDTH);
    Tensor v = flat ? random(ITEMS, KEYS, GROUPS * WIDTH) : random(ITEMS, GROUPS, KEYS, WIDTH);
    Tensor mask = random(QUERIES, all);
    Tensor pastK = random(ITEMS, GROUPS, PAST, WIDTH);
    Tensor pastV = random(ITEMS, GROUPS, PAST, WIDTH);
    ModelWriter model = new ModelWriter(23);
    Map<String, Tensor> inputs =
        Map.of("q", q, "k", k, "v", v, "mask", mask, "past_k", pastK, "past_v", pastV);
    for (String name : List.of("q", "k", "v", "mask", "past_k", "past_v")) {
      model.input(name, extents(inputs.get(name)));
    }
    model
        .node(
            "Attention",
            "y",
            List.of("q", "k", "v", "mask", "past_k", "past_v"),
            integer("q_num_heads", HEADS),
            integer("kv_num_heads", GROUPS),
            integer("is_causal", causal ? 1 : 0),
            real("scale", SCALE),
            real("softcap", CAP))
        .output("y");
    Tensor y = new ReferenceRunner(read(model)).run(inputs).get("y");
    assertThat(y.shape()).isEqualTo(q.shape());
    List<Double> expected = new ArrayList<>();
    List<Double> actual = new ArrayList<>();
    for (int i = 0; i < ITEMS * HEADS * QUERIES; i++) {
      int query = i % QUERIES;
      int head = i / QUERIES % HEADS;
      int item = i / QUERIES / HEADS;
      double[] row = attention(q, k, v, mask, pastK, pastV, item, head, query, flat, causal);
      for (int c = 0; c < WIDTH; c++) {
        expected.add(row[c]);
        actual.add(y.doubleAt(at(flat, HEADS, QUERIES, item, head, query, c)));
      }
    }
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), offset(1e-5));
    }
  }

  private static long at(
      boolean flat, int heads, int tokens, int item, int head, int token, int c) {
    return flat
        ? (((long) item * tokens + token) * heads + head) * WIDTH + c
        : (((long) item * heads + head) * tokens + token) * WIDTH + c;
  }

  private static double element(
      Tensor past, Tensor x, boolean flat, int item, int head, int token, int c) {
    return token < PAST
        ? past.doubleAt(at(false, GROUPS, PAST, item, head, token, c))
        : x.doubleAt(at(flat, GROUPS, KEYS, item, head, token - PAST, c));
  }

  private static double[] attention(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor mask,
      Tensor pastK,
      Tensor pastV,
      int item,
      int head,
      int query,
      boolean flat,
      boolean causal) {
    int shared = head / (HEADS / GROUPS);
    double[] sums = new double[WIDTH];
    double total = 0;
    for (int key = 0; key < PAST + KEYS; key++) {
      double score = 0;
      for (int c = 0; c < WIDTH; c++) {
        score +=
            q.doubleAt(at(flat, HEADS, QUERIES, item, head, query, c))
                * element(pastK, k, flat, item, shared, key, c);
      }
      double capped = CAP * Math.tanh(score * SCALE / CAP);
      boolean apart = causal && key > query + PAST;
      double weight =
          apart ? 0 : Math.exp(capped + mask.doubleAt((long) query * (PAST + KEYS) + key));
      total += weight;
      for (int c = 0; c < WIDTH; c++) {
        sums[c] += weight * element(pastV, v, flat, item, shared, key, c);
      }
    }
    for (int c = 0; c < WIDTH; c++) {
      sums[c] /= total;
    }
    return sums;
  }

  @Test
  void aBatchThatIsOpenAndAMaskOfBooleans() throws IOException {
    Tensor mask = Tensor.zeros(ElementType.BOOL, Shape.of(2, 3));
    for (int i : new int[] {0, 4, 5}) {
      mask.set(i, 1L);
    }
    Graph graph =
        read(
            new ModelWriter(24)
                .input("x", -1, 2, 3, 4)
                .initializer("mask", Tensor.ofLongs(Shape.of(1), 0))
                .initializer("allowed", mask)
                .node("Slice", "q", List.of("x", "mask", "two", "axis"))
                .initializer("two", Tensor.ofLongs(Shape.of(1), 2))
                .initializer("axis", Tensor.ofLongs(Shape.of(1), 2))
                .node("Attention", "y", List.of("q", "x", "x", "allowed"))
                .output("y"));
    Tensor x = random(2, 2, 3, 4);
    Tensor y = new ReferenceRunner(graph).run(Map.of("x", x)).get("y");
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 2, 4));
    for (int c = 0; c < 4; c++) {
      assertThat(y.doubleAt(c)).as("sees the first key alone").isEqualTo(x.doubleAt(c));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void rotationsTurnPairsByTheirTokensAngles(boolean flat, boolean interleaved) throws IOException {
    int heads = 3;
    int rotated = 4;
    Tensor x = flat ? random(ITEMS, KEYS, heads * WIDTH) : random(ITEMS, heads, KEYS, WIDTH);
    Tensor cos = random(KEYS + 2, rotated / 2);
    Tensor sin = random(KEYS + 2, rotated / 2);
    long[] places = {1, 2, 3, 4, 5, 6, 5, 4, 3, 2};
    Graph graph =
        read(
            new ModelWriter(23)
                .input("x", extents(x))
                .initializer("cos", cos)
                .initializer("sin", sin)
                .initializer("places", Tensor.ofLongs(Shape.of(ITEMS, KEYS), places))
                .node(
                    "RotaryEmbedding",
                    "y",
                    List.of("x", "cos", "sin", "places"),
                    integer("num_heads", heads),
                    integer("interleaved", interleaved ? 1 : 0),
                    integer("rotary_embedding_dim", rotated))
                .output("y"));
    Tensor y = new ReferenceRunner(graph).run(Map.of("x", x)).get("y");
    assertThat(y.shape()).isEqualTo(x.shape());
    for (int i = 0; i < ITEMS * heads * KEYS; i++) {
      int token = i % KEYS;
      int head = i / KEYS % heads;
      int item = i / KEYS / heads;
      for (int c = 0; c < WIDTH; c++) {
        int pair = interleaved ? c / 2 : c % (rotated / 2);
        boolean second = interleaved ? c % 2 == 1 : c >= rotated / 2;
        int partner = interleaved ? c ^ 1 : c ^ (rotated / 2);
        double own = x.doubleAt(at(flat, heads, KEYS, item, head, token, c));
        double want = own;
        if (c < rotated) {
          long angle = places[item * KEYS + token] * (rotated / 2) + pair;
          double other = x.doubleAt(at(flat, heads, KEYS, item, head, token, partner));
          want = cos.doubleAt(angle) * own + (second ? 1 : -1) * sin.doubleAt(angle) * other;
        }
        assertThat(y.doubleAt(at(flat, heads, KEYS, item, head, token, c)))
            .isCloseTo(want, offset(1e-6));
      }
    }
  }

  @Test
  void swishIsAnElementTimesItsSigmoid() throws IOException {
    Graph graph =
        read(
            new ModelWriter(24)
                .input("x", 3)
                .node("Swish", "y", List.of("x"), real("alpha", 2))
                .output("y"));
    Tensor x = Tensor.of(Shape.of(3), -1, 0, 2);
    Tensor y = new ReferenceRunner(graph).run(Map.of("x", x)).get("y");
    assertThat(y.toFloatArray())
        .containsExactly((float) (-1 / (1 + Math.exp(2))), 0, (float) (2 / (1 + Math.exp(-4))));
  }

  @Test
  void headsOfUnknownNumberAreRefusedWithTheirAttribute() {
    ModelWriter model =
        new ModelWriter(23)
            .input("x", 1, 4, 8)
            .node("Attention", "y", List.of("x", "x", "x"))
            .output("y");
    assertThatThrownBy(() -> read(model)).hasMessageContaining("q_num_heads");
  }
}
