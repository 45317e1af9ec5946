package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.classify.ClassifierException;
import io.clarinet.classify.Head;
import io.clarinet.classify.Head.Meaning;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.op.ArgMax;
import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A classifier knows from its graph what its scores mean, and what is no classifier. */
class HeadTest {
  private static final Reshape FLAT = new Reshape(new Reshape.Rule.Flatten(1));

  /** Weights of two pixels' worth of colours, for scores that no other order gives. */
  private static Tensor weights(int classes) {
    Tensor tensor = Tensor.zeros(Shape.of(3, classes));
    for (int i = 0; i < 3 * classes; i++) {
      tensor.set(i, Math.sin(i) / 100);
    }
    return tensor;
  }

  /** Average colours, a dense layer, and what follows it. */
  static Model model(int batch, int classes, BiFunction<GraphBuilder, String, String> ending) {
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", batch, 3, 4, 4);
    graph.constant("w", weights(classes));
    String pooled = graph.add("pool", GlobalPool2d.AVERAGE, "x");
    String dense =
        graph.add("dense", new Dense(false, Epilogue.NONE), graph.add("flat", FLAT, pooled), "w");
    return Model.of(graph.output(ending.apply(graph, dense)).build());
  }

  static Model model(int classes, BiFunction<GraphBuilder, String, String> ending) {
    return model(Input.UNKNOWN, classes, ending);
  }

  private static Head head(Model model) {
    try (Session session = model.open(Device.cpu())) {
      return Classifier.of(model, session, Preprocess.NONE).head();
    }
  }

  private static Unary function(Unary.Kind kind) {
    return new Unary(kind, 0, 1);
  }

  private static BiFunction<GraphBuilder, String, String> with(Unary.Kind kind) {
    return (graph, y) -> graph.add("last", function(kind), y);
  }

  static BiFunction<GraphBuilder, String, String> softmax(boolean log) {
    return (graph, y) -> graph.add("last", new Softmax(1, log, false), y);
  }

  private static BiFunction<GraphBuilder, String, String> reshaped(Reshape.Rule rule) {
    return (graph, y) -> graph.add("last", new Reshape(rule), y);
  }

  @Test
  void theLastOperatorTellsWhatScoresMean() {
    assertThat(head(model(5, softmax(false)))).isEqualTo(new Head(Meaning.SOFTMAX, 5, ""));
    assertThat(head(model(5, softmax(true)))).isEqualTo(new Head(Meaning.LOG_SOFTMAX, 5, ""));
    Head logits = head(model(5, (graph, y) -> y));
    assertThat(logits.meaning()).isEqualTo(Meaning.LOGITS);
    assertThat(logits.assumption()).contains("5 scores (by Dense \"dense\")");
    assertThat(head(model(5, with(Unary.Kind.SIGMOID))).meaning()).isEqualTo(Meaning.SIGMOIDS);
    assertThat(head(model(5, with(Unary.Kind.HARD_SIGMOID))).meaning()).isEqualTo(Meaning.SIGMOIDS);
  }

  @Test
  void oneScoreDecidesBetweenTwoClasses() {
    Head sigmoid = head(model(1, with(Unary.Kind.SIGMOID)));
    assertThat(sigmoid.meaning()).isEqualTo(Meaning.SIGMOID);
    assertThat(sigmoid.classes()).isEqualTo(2);
    assertThat(sigmoid.assumption()).contains("the second of two classes");
    Head logit = head(model(1, (graph, y) -> y));
    assertThat(logit.meaning()).isEqualTo(Meaning.LOGIT);
    assertThat(logit.assumption()).contains("logit").contains("Dense \"dense\"");
  }

  @Test
  void whatOnlyMovesScoresIsLookedThrough() {
    Head moved =
        head(
            model(
                3,
                (graph, y) -> {
                  String square = softmax(false).apply(graph, y);
                  String wide =
                      graph.add(
                          "wide", new Reshape(new Reshape.Rule.Unsqueeze(List.of(2, 3))), square);
                  return graph.add("turned", new Transpose(List.of(0, 2, 3, 1)), wide);
                }));
    assertThat(moved).isEqualTo(new Head(Meaning.SOFTMAX, 3, ""));
  }

  @Test
  void probabilitiesMadeByHandAreKnown() {
    Head mean =
        head(
            model(
                3,
                (graph, y) -> {
                  graph.constant("half", Tensor.of(Shape.of(1), 0.5f));
                  String other =
                      graph.add(
                          "other", Softmax.along(1), graph.add("neg", function(Unary.Kind.NEG), y));
                  String sum = graph.add("sum", Binary.ADD, softmax(false).apply(graph, y), other);
                  return graph.add("mean", new Binary(Binary.Kind.MUL, null), sum, "half");
                }));
    assertThat(mean.meaning()).isEqualTo(Meaning.SOFTMAX);
    Head share =
        head(
            model(
                3,
                (graph, y) -> {
                  String powers = with(Unary.Kind.EXP).apply(graph, y);
                  Reduce sum = new Reduce(Reduce.Kind.SUM, List.of(1), true, false);
                  return graph.add(
                      "share",
                      new Binary(Binary.Kind.DIV, null),
                      powers,
                      graph.add("total", sum, powers));
                }));
    assertThat(share.meaning()).isEqualTo(Meaning.SOFTMAX);
    Head swish =
        head(
            model(
                3,
                (graph, y) ->
                    graph.add(
                        "swish",
                        new Binary(Binary.Kind.MUL, null),
                        y,
                        with(Unary.Kind.SIGMOID).apply(graph, y))));
    assertThat(swish.meaning()).isEqualTo(Meaning.LOGITS);
  }

  @Test
  void whatIsNoClassifierIsRefusedByName() {
    refused(model(1, softmax(false)), "a softmax over one class (\"last\"), which is always 1");
    refused(
        model(4, (graph, y) -> graph.add("last", Softmax.along(0), y)),
        "a softmax that goes not over the classes (\"last\")");
    refused(model(1, with(Unary.Kind.RELU)), "one number (the last operator is relu \"last\")");
    refused(
        model(5, (graph, y) -> graph.add("best", new ArgMax(1, false, false, false), y)),
        "INT64 numbers, the classes by ArgMax");
    refused(
        model(1, 12, reshaped(new Reshape.Rule.To(List.of(1L, 3L, 4L), false))),
        "1x3x4, a table for a picture");
    refused(
        model(1, 12, reshaped(new Reshape.Rule.To(List.of(1L, 3L, 2L, 2L), false))),
        "1x3x2x2, pictures themselves");
    refused(
        model(
            4,
            (graph, y) ->
                graph.add("all", new Reduce(Reduce.Kind.MEAN, List.of(), true, false), y)),
        "one number (the last operator is Reduce \"all\")");
    refused(
        model(
            4,
            (graph, y) ->
                graph.add(
                    "unit",
                    new Binary(Binary.Kind.DIV, null),
                    y,
                    graph.add("length", new Reduce(Reduce.Kind.L2, List.of(1), true, false), y))),
        "a vector of length 1 (\"unit\"), an embedding");
  }

  private static void refused(Model model, String reason) {
    assertThatThrownBy(() -> head(model))
        .isInstanceOfSatisfying(
            ClassifierException.class,
            e -> assertThat(e.kind()).isEqualTo(ClassifierException.Kind.NO_CLASSIFIER))
        .hasMessageStartingWith("net is no classifier: its output ")
        .hasMessageContaining(reason);
  }

  @Test
  void boxesBesideScoresAreADetectors() {
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", 1, 3, 4, 4);
    String rows =
        graph.add("boxes", new Reshape(new Reshape.Rule.To(List.of(1L, 12L, 4L), false)), "x");
    String scores = graph.add("scores", new Softmax(1, false, false), graph.add("flat", FLAT, "x"));
    refused(Model.of(graph.output(scores).output(rows).build()), "\"boxes\" are boxes, 1x12x4");
  }

  @Test
  void whichOfSeveralOutputsHoldsTheScoresIsToBeSaid() {
    Model model = model(5, softmax(false)).withOutputs("dense", "last");
    assertThatThrownBy(() -> head(model))
        .isInstanceOfSatisfying(
            ClassifierException.class,
            e -> assertThat(e.kind()).isEqualTo(ClassifierException.Kind.NO_CLASSIFIER))
        .hasMessage(
            "net has 2 outputs, \"dense\", \"last\"; say which holds the scores with --scores, or"
                + " by Model.withOutputs");
    assertThat(head(model.withOutputs("last")).meaning()).isEqualTo(Meaning.SOFTMAX);
    assertThat(head(model.withOutputs("dense")).meaning()).isEqualTo(Meaning.LOGITS);
  }

  /** Vectors, rows and columns: every picture gets its own answer, however the batch is kept. */
  @ParameterizedTest
  @ValueSource(strings = {"rows", "vector", "merged", "one a picture", "by two"})
  void eachPictureGetsItsOwnAnswerHoweverTheOutputKeepsABatch(String form) {
    Model plain = model(form.equals("one a picture") ? 1 : 5, (graph, y) -> y);
    Model shaped =
        switch (form) {
          case "vector" -> model(5, reshaped(new Reshape.Rule.To(List.of(-1L), false)));
          case "merged" -> model(5, reshaped(new Reshape.Rule.To(List.of(1L, -1L), false)));
          case "by two" -> model(2, 5, (graph, y) -> y);
          case "one a picture" -> model(1, reshaped(new Reshape.Rule.Squeeze(List.of(1))));
          default -> plain;
        };
    assertThat(answers(shaped, true)).isEqualTo(answers(plain, false));
    boolean alone = form.equals("vector") || form.equals("merged");
    assertThat(head(shaped).assumption().contains("each runs alone")).isEqualTo(alone);
  }

  private static List<List<Prediction>> answers(Model model, boolean together) {
    List<Picture> pictures = List.of(plain(200, 10, 30), plain(5, 60, 250), plain(90, 90, 90));
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, session, Preprocess.NONE);
      return together
          ? classifier.classify(pictures, 2)
          : pictures.stream().map(p -> classifier.classify(p, 2)).toList();
    }
  }

  static Picture plain(int red, int green, int blue) {
    byte[] rgb = new byte[5 * 7 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return Picture.ofRgb(5, 7, rgb);
  }
}
