package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.classify.ClassifierException;
import io.clarinet.classify.PictureInput;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.PictureArea;
import io.clarinet.image.Preprocess;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A map's average and the bias are its class's score, whatever form the network's end has. */
@RequiresOpenCl
class HeatMapTest {
  private static final int HEIGHT = 10;
  private static final int WIDTH = 14;
  private static final int CHANNELS = 6;
  private static final int CLASSES = 5;
  private static final Window2d PIXEL = Window2d.square(1, 1, 0);
  private static final Reshape FLAT = new Reshape(new Reshape.Rule.Flatten(1));
  private static final Preprocess BYTES = Preprocess.parse("none,range=1");

  /** Ends of networks, from "features", [n, 6, 5, 7], to "scores" and the output. */
  private enum End {
    GLOBAL_POOL_AND_DENSE {
      @Override
      String build(Net net) {
        String x =
            net.add("dropped", Reshape.IDENTITY, net.add("flat", FLAT, net.globalPool("features")));
        return net.softmax(net.add("scores", new Dense(false, Epilogue.BIAS), x, "w", "b"));
      }
    },
    MEAN_AND_MATRIX_PRODUCT {
      @Override
      String build(Net net) {
        String x = net.add("flat", FLAT, net.mean("features", true, 2, 3));
        String product = net.add("product", new MatMul(), x, "w");
        return net.add("scores", Binary.ADD, "b", product);
      }
    },
    MEAN_WITHOUT_AXES_AND_ROWS_OF_WEIGHTS {
      @Override
      String build(Net net) {
        String x = net.mean("features", false, -1, -2);
        return net.add("scores", new Dense(true, Epilogue.BIAS), x, "rows", "b");
      }
    },
    WINDOW_OVER_ALL {
      @Override
      String build(Net net) {
        Window2d all = new Window2d(5, 7, 1, 1, 1, 1, Padding.NONE);
        String x = net.add("pool", Pool2d.average(all), "features");
        x = net.add("squeezed", new Reshape(new Reshape.Rule.Squeeze(List.of(2, 3))), x);
        return net.softmax(net.add("scores", new Dense(false, Epilogue.BIAS), x, "w", "b"));
      }
    },
    CHANNELS_LAST {
      @Override
      String build(Net net) {
        String x = net.add("last", new Transpose(List.of(0, 2, 3, 1)), "features");
        String w = net.add("turned", new Transpose(List.of(1, 0)), "rows");
        String product = net.add("product", new MatMul(), net.mean(x, false, 1, 2), w);
        String scores = net.add("scores", Binary.ADD, product, "b");
        return net.add("sigmoid", new Unary(Unary.Kind.SIGMOID, 0, 0), scores);
      }
    },
    POOL_AND_POINTWISE_CONVOLUTION {
      @Override
      String build(Net net) {
        String x =
            net.add("kernels", new Reshape(new Reshape.Rule.Unsqueeze(List.of(2, 3))), "rows");
        Conv2d conv = new Conv2d(PIXEL, 1, Epilogue.BIAS);
        x = net.add("conv", conv, net.globalPool("features"), x, "b");
        return net.softmax(net.add("scores", FLAT, x));
      }
    },
    POINTWISE_CONVOLUTION_AND_POOL {
      @Override
      String build(Net net) {
        String x =
            net.add("kernels", new Reshape(new Reshape.Rule.Unsqueeze(List.of(2, 3))), "rows");
        x = net.add("conv", new Conv2d(PIXEL, 1, Epilogue.BIAS), "features", x, "b");
        x = net.globalPool(net.add("relu", Unary.RELU, x));
        return net.add("log", new Softmax(1, true, false), net.add("scores", FLAT, x));
      }
    };

    abstract String build(Net net);

    /** The value at a place where the weighted sum of the features is this. */
    double value(double sum, double bias) {
      return this == POINTWISE_CONVOLUTION_AND_POOL ? Math.max(0, sum + bias) : sum;
    }
  }

  /** A convolution to "features", seeded, and weights "w", their "rows" and a bias "b". */
  private static final class Net {
    final Random random = Fresh.random();
    final GraphBuilder graph = new GraphBuilder("net");
    final Tensor w = TestTensors.random(random, CHANNELS, CLASSES);
    final Tensor b = TestTensors.random(random, CLASSES);

    Net(int batch, boolean channelsLast) {
      graph.constant("k", TestTensors.random(random, CHANNELS, 3, 3, 3));
      graph.constant("w", w);
      graph.constant("b", b);
      Tensor rows = Tensor.zeros(Shape.of(CLASSES, CHANNELS));
      for (int i = 0; i < CHANNELS * CLASSES; i++) {
        rows.set(i % CLASSES * CHANNELS + i / CLASSES, w.doubleAt(i));
      }
      graph.constant("rows", rows);
      String x =
          channelsLast
              ? add(
                  "first",
                  new Transpose(List.of(0, 3, 1, 2)),
                  graph.input("x", batch, HEIGHT, WIDTH, 3))
              : graph.input("x", batch, 3, HEIGHT, WIDTH);
      Conv2d conv = new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE);
      add("features", Unary.RELU, add("stem", conv, x, "k"));
    }

    String add(String name, Op op, String... inputs) {
      return graph.add(name, op, inputs);
    }

    String globalPool(String x) {
      return add("pool", GlobalPool2d.AVERAGE, x);
    }

    String mean(String x, boolean keep, Integer... axes) {
      return add("mean", new Reduce(Reduce.Kind.MEAN, List.of(axes), keep, false), x);
    }

    String softmax(String x) {
      return add("softmax", Softmax.along(1), x);
    }

    Model model(String output) {
      return Model.of(graph.output(output).build());
    }
  }

  private static Picture picture(Random random, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    random.nextBytes(rgb);
    return Picture.ofRgb(width, height, rgb);
  }

  private static Device device(String name) {
    return name.equals("cpu") ? Device.cpu() : Device.find(TestDevice.request());
  }

  /** A value of a model for a picture, by the model that ends there. */
  private static Tensor value(Model model, String name, Picture picture, Device device) {
    PictureInput input = PictureInput.of(model.graph(), BYTES);
    try (Session session = model.withOutputs(name).open(device)) {
      return session.run(input.of(List.of(picture)));
    }
  }

  private static void check(End end, String deviceName, int batch, boolean channelsLast) {
    Net net = new Net(batch, channelsLast);
    Model model = net.model(end.build(net));
    Picture picture = picture(net.random, 41, 29);
    Device device = device(deviceName);
    Picture[] many = {picture, picture};
    Tensor features = batch == 2 ? null : value(model, "features", picture, device);
    try (Session session = model.withFeatures().open(device)) {
      Classifier classifier = new Classifier(session, BYTES, Labels.numbered(CLASSES));
      List<Prediction> found = classifier.classify(List.of(many), CLASSES).get(0);
      assertThat(classifier.heatMap(picture).prediction()).isEqualTo(found.get(0));
      for (Prediction prediction : found) {
        HeatMap map = classifier.heatMap(picture, prediction.index());
        assertThat(map.prediction()).isEqualTo(prediction);
        assertThat(map.values().shape()).isEqualTo(Shape.of(5, 7));
        if (features != null) {
          double score = value(model, "scores", picture, device).doubleAt(prediction.index());
          assertThat(Math.abs(map.score() - score)).isLessThan(1e-5 * (1 + Math.abs(score)));
          assertThat(TestTensors.relativeError(map.values(), sums(net, end, features, map)))
              .isLessThan(1e-5);
        }
      }
    }
  }

  private static Tensor sums(Net net, End end, Tensor features, HeatMap map) {
    int index = map.prediction().index();
    Tensor sums = Tensor.zeros(Shape.of(5, 7));
    for (int i = 0; i < 35; i++) {
      double sum = 0;
      for (int c = 0; c < CHANNELS; c++) {
        sum += net.w.doubleAt(c * CLASSES + index) * features.doubleAt(c * 35 + i);
      }
      sums.set(i, end.value(sum, net.b.doubleAt(index)));
    }
    return sums;
  }

  @ParameterizedTest
  @EnumSource
  void onTheCpu(End end) {
    check(end, "cpu", Input.UNKNOWN, false);
  }

  @ParameterizedTest
  @EnumSource
  void onOpenCl(End end) {
    check(end, "opencl", Input.UNKNOWN, false);
  }

  @Test
  void ofPicturesWhoseColoursComeLast() {
    check(End.CHANNELS_LAST, "cpu", Input.UNKNOWN, true);
  }

  @Test
  void ofABatchThatTheModelFixes() {
    check(End.GLOBAL_POOL_AND_DENSE, "cpu", 2, false);
    check(End.MEAN_WITHOUT_AXES_AND_ROWS_OF_WEIGHTS, "cpu", 2, false);
  }

  /** What speaks for one of two classes speaks against the other. */
  @Test
  void aSingleScoreHasAMapForEachOfItsTwoClasses() {
    Net net = new Net(Input.UNKNOWN, false);
    net.graph.constant("one", TestTensors.random(net.random, CHANNELS, 1));
    String x = net.add("flat", FLAT, net.globalPool("features"));
    Model model = net.model(net.add("score", new Dense(false, Epilogue.NONE), x, "one"));
    Picture picture = picture(net.random, 14, 10);
    try (Session session = model.withFeatures().open(Device.cpu())) {
      Classifier classifier = new Classifier(session, BYTES, Labels.numbered(2));
      double score = value(model, "score", picture, Device.cpu()).doubleAt(0);
      assertThat(classifier.heatMap(picture, 1).score()).isCloseTo(score, within(score));
      assertThat(classifier.heatMap(picture, 0).score()).isCloseTo(-score, within(score));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double score) {
    return org.assertj.core.data.Offset.offset(1e-5 * (1 + Math.abs(score)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void theBundledNetworkShowsWhereItReads(String device) throws IOException {
    Model model = Model.bundled();
    Picture picture = Bundled.samples().get("2_P.png");
    try (Session session = model.withFeatures().open(device(device))) {
      HeatMap map = Classifier.of(model, session).heatMap(picture);
      assertThat(map.prediction().label()).isEqualTo("P");
      assertThat(map.area()).isEqualTo(new PictureArea(0, 0, picture.width(), picture.height()));
      assertThat(map.overlay()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "relu, relu \"hidden\" stands where features would be averaged over their plane",
    "max, GlobalPool2d \"max\" stands where scores or features would be",
    "plane, Reshape \"plane\" stands where features",
    "scaled, Binary \"scaled\" stands where scores or features"
  })
  void whatEndsOtherwiseSaysWhatStandsInTheWay(String form, String message) {
    Net net = new Net(Input.UNKNOWN, false);
    net.graph.constant("wide", TestTensors.random(net.random, CHANNELS * 35, CLASSES));
    net.graph.constant("square", TestTensors.random(net.random, CHANNELS, CHANNELS));
    net.graph.constant("half", Tensor.of(Shape.of(1), 0.5f));
    Dense dense = new Dense(false, Epilogue.NONE);
    String output =
        switch (form) {
          case "relu" -> {
            String x = net.add("flat", FLAT, net.globalPool("features"));
            x = net.add("hidden", Unary.RELU, net.add("first", dense, x, "square"));
            yield net.add("second", dense, x, "w");
          }
          case "max" -> net.add("flat", FLAT, net.add("max", GlobalPool2d.MAX, "features"));
          case "plane" -> net.add("y", dense, net.add("plane", FLAT, "features"), "wide");
          default -> {
            String x = net.add("flat", FLAT, net.globalPool("features"));
            yield net.add("scaled", new Binary(Binary.Kind.MUL, null), x, "half");
          }
        };
    assertThatThrownBy(net.model(output)::withFeatures)
        .isInstanceOfSatisfying(
            ClassifierException.class,
            e -> assertThat(e.kind()).isEqualTo(ClassifierException.Kind.NO_HEAT_MAP))
        .hasMessageContaining("net has no heat maps: " + message);
  }

  /** A bias behind the softmax is no part of the score; a softmax behind a bias is. */
  @Test
  void whatComesBehindProbabilitiesIsNotTakenForAPartOfTheScore() {
    Net net = new Net(Input.UNKNOWN, false);
    String x = net.softmax(net.add("flat", FLAT, net.globalPool("features")));
    net.graph.constant("c", TestTensors.random(net.random, CHANNELS));
    Model model = net.model(net.add("sum", Binary.ADD, x, "c"));
    assertThatThrownBy(model::withFeatures)
        .hasMessageContaining("Softmax \"softmax\" stands where");
  }

  @Test
  void aClassifierWithoutFeaturesSaysWhatItNeeds() throws IOException {
    Model model = Model.bundled();
    Picture picture = Bundled.samples().get("2_P.png");
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, session);
      assertThatThrownBy(() -> classifier.heatMap(picture))
          .isInstanceOf(ClassifierException.class)
          .hasMessageContaining("Model.withFeatures()");
      assertThatThrownBy(() -> classifier.heatMap(picture, 36))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
