import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.op.Cast;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Op;
import io.clarinet.op.Quantize;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a network answers where convolutions and dense layers read bfloat16 or int8 and add in full:
 * the operands are rounded to such numbers and back, as the CPU's dot products see them. Run from
 * source against the built jars: {@code MODEL PREPROCESS FOLDER}, a folder of photos.
 */
final class LowPrecision {
  private static final int TOP = 5;
  private static final int BATCH = 10;

  /** Photos from whose values the ranges of int8 are taken. */
  private static final int CALIBRATION = 20;

  private enum Precision {
    FLOAT32,
    BFLOAT16,
    INT8
  }

  private final Graph graph;
  private final Precision precision;
  private final Map<String, float[]> ranges;
  private final Map<String, Constant> constants;
  private final Map<String, String> rounded = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private LowPrecision(Graph graph, Precision precision, Map<String, float[]> ranges) {
    this.graph = graph;
    this.precision = precision;
    this.ranges = ranges;
    this.constants = new LinkedHashMap<>(graph.constants());
  }

  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Model model = Model.load(Path.of(args[0])).withAnyBatch();
    Preprocess preprocess = Preprocess.parse(args[1]);
    List<Picture> pictures = pictures(Path.of(args[2]));
    Map<String, float[]> ranges = ranges(model, preprocess, pictures.subList(0, CALIBRATION));
    List<List<Prediction>> full = List.of();
    for (Precision precision : Precision.values()) {
      Graph low = new LowPrecision(model.graph(), precision, ranges).rounded();
      List<List<Prediction>> answers = answers(Model.of(low), preprocess, pictures);
      full = full.isEmpty() ? answers : full;
      System.out.println(precision + ": " + comparison(full, answers));
    }
  }

  private static List<Picture> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Picture> pictures = new ArrayList<>();
      for (Path file : files.sorted().collect(Collectors.toList())) {
        pictures.add(Picture.read(file));
      }
      return pictures;
    }
  }

  private static List<List<Prediction>> answers(
      Model model, Preprocess preprocess, List<Picture> pictures) {
    List<List<Prediction>> answers = new ArrayList<>();
    try (Session session = model.open(Device.find("opencl"))) {
      Classifier classifier = new Classifier(session, preprocess, Labels.imageNet());
      for (int i = 0; i < pictures.size(); i += BATCH) {
        answers.addAll(
            classifier.classify(pictures.subList(i, Math.min(i + BATCH, pictures.size())), TOP));
      }
    }
    return answers;
  }

  private static String comparison(List<List<Prediction>> full, List<List<Prediction>> low) {
    int same = 0;
    int among = 0;
    double apart = 0;
    for (int i = 0; i < full.size(); i++) {
      int best = full.get(i).get(0).index();
      same += low.get(i).get(0).index() == best ? 1 : 0;
      among += low.get(i).stream().anyMatch(p -> p.index() == best) ? 1 : 0;
      apart +=
          Math.abs(low.get(i).get(0).probability() - full.get(i).get(0).probability())
              / full.size();
    }
    return String.format(
        "of %d photos %d with the same first class, %d with it among five; the first one's"
            + " probability is %.4f away on average",
        full.size(), same, among, apart);
  }

  /** Least and largest value that each convolution and dense layer reads. */
  private static Map<String, float[]> ranges(
      Model model, Preprocess preprocess, List<Picture> pictures) {
    LinkedHashSet<String> read = new LinkedHashSet<>();
    model.graph().nodes().stream()
        .filter(LowPrecision::isProduct)
        .forEach(n -> read.add(n.inputs().get(0)));
    String input = model.inputs().get(0).name();
    read.remove(input);
    Map<String, float[]> ranges = new HashMap<>();
    try (Session session =
        model.withOutputs(read.toArray(String[]::new)).open(Device.find("opencl"))) {
      Shape shape = model.inputs().get(0).shape(1);
      for (Picture picture : pictures) {
        Tensor x = preprocess.apply(picture, shape.dim(2), shape.dim(3));
        widen(ranges, input, x);
        session.run(Map.of(input, x)).forEach((name, value) -> widen(ranges, name, value));
      }
    }
    return ranges;
  }

  private static void widen(Map<String, float[]> ranges, String name, Tensor values) {
    float[] range = ranges.computeIfAbsent(name, n -> new float[2]);
    for (float value : values.toFloatArray()) {
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Conv2d || node.op() instanceof Dense;
  }

  private Graph rounded() {
    for (Node node : graph.nodes()) {
      nodes.add(precision != Precision.FLOAT32 && isProduct(node) ? rounded(node) : node);
    }
    return graph.with(constants, nodes);
  }

  private Node rounded(Node node) {
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, rounded.computeIfAbsent(inputs.get(0), this::roundedValue));
    inputs.set(1, roundedWeights(inputs.get(1), node.op()));
    return new Node(node.name(), node.op(), inputs, node.outputs());
  }

  private String roundedValue(String value) {
    if (precision == Precision.BFLOAT16) {
      nodes.add(node(value + "#short", new Cast(ElementType.BFLOAT16), value));
      nodes.add(node(value + "#wide", new Cast(ElementType.FLOAT32), value + "#short"));
    } else {
      float[] range = ranges.get(value);
      float scale = (range[1] - range[0]) / 255;
      constants.put(value + "#scale", Tensor.of(Shape.of(), scale));
      Tensor zero = Tensor.zeros(ElementType.UINT8, Shape.of());
      zero.set(0, Math.rint(-range[0] / scale));
      constants.put(value + "#zero", zero);
      String[] factors = {value + "#scale", value + "#zero"};
      nodes.add(node(value + "#short", new Quantize(ElementType.UINT8, 1, 0), value, factors));
      nodes.add(node(value + "#wide", new Dequantize(1, 0), value + "#short", factors));
    }
    return value + "#wide";
  }

  private static Node node(String output, Op op, String input, String... more) {
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.addAll(List.of(more));
    return new Node(output, op, inputs, List.of(output));
  }

  private String roundedWeights(String name, Op op) {
    String made = name + "#" + precision;
    constants.computeIfAbsent(
        made,
        n -> {
          Tensor weights = graph.constants().get(name).tensor();
          return precision == Precision.BFLOAT16
              ? weights.as(ElementType.BFLOAT16).as(ElementType.FLOAT32)
              : eightBits(weights, op instanceof Dense d && !d.transposed());
        });
    return made;
  }

  /** Each output's weights as multiples of a 127th of the largest. */
  private static Tensor eightBits(Tensor weights, boolean outputsLast) {
    float[] values = weights.toFloatArray();
    int outputs = weights.shape().dim(outputsLast ? 1 : 0);
    int each = values.length / outputs;
    for (int o = 0; o < outputs; o++) {
      float largest = 0;
      for (int i = 0; i < each; i++) {
        largest = Math.max(largest, Math.abs(values[outputsLast ? i * outputs + o : o * each + i]));
      }
      float step = Math.max(largest, Float.MIN_NORMAL) / 127;
      for (int i = 0; i < each; i++) {
        int at = outputsLast ? i * outputs + o : o * each + i;
        values[at] = (float) Math.rint(values[at] / step) * step;
      }
    }
    return Tensor.of(weights.shape(), values);
  }
}
