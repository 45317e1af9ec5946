package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.file.RegularFile;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.hub.HubReference;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for reading a model, and inputs to try one with. */
final class ModelOptions {
  private static final int OPEN_SIDE = 224;
  private static final float PAPER = 0.9f;

  @Spec(Spec.Target.MIXEE)
  CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "what a model may expand to, such as 800M or 4G (default: 16G)")
  long maxMemory = Limits.DEFAULT.maxMemoryBytes();

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      completionCandidates = Words.Architectures.class,
      description =
          "the network of the zoo that a file's weights are for (default: inferred from the names"
              + " of its tensors)")
  @Nullable String architecture;

  @Option(
      names = "--bn",
      paramLabel = "HOW",
      description =
          "model or inference: whether batch norms that the model calls as in training use the"
              + " batch's statistics (default) or the stored ones")
  ImportOptions.Norms norms = ImportOptions.Norms.MODEL;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = PictureSize.Converter.class,
      description =
          "height and width of pictures, such as 320x320, where the model leaves them open or is a"
              + " network of the zoo")
  @Nullable PictureSize size;

  /** Values to end the model at, which a command may let people name; none for its outputs. */
  List<String> outputs = List.of();

  /** The options as the library takes them. */
  ImportOptions importing() {
    return new ImportOptions(new Limits(maxMemory), architecture, norms, outputs);
  }

  /**
   * The model that an argument names, at the size that is asked for; warns if its weights are
   * untrained.
   */
  Model load(String fileOrName, Console console) throws IOException {
    Model model = read(Wildcards.one(fileOrName), console);
    if (!model.isTrained()) {
      console
          .errors()
          .println(
              "clarinet: "
                  + model.name()
                  + " has seeded random weights: its answers are meaningless.");
    }
    return model;
  }

  private Model fixed(Model model, PictureSize size, String argument) {
    try {
      return size.fixed(model);
    } catch (IllegalArgumentException e) {
      boolean ofZoo = model.metadata().containsKey("architecture");
      String advice = ofZoo ? "; weights of a network of the zoo take --arch NAME:" + size : "";
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), argument + ": " + e.getMessage() + advice, e);
    }
  }

  /**
   * Loads like {@link #load(String, Console)} a model to run on made up pictures: where neither it
   * nor an option says their size, they are as large as its preprocessing would make them.
   */
  Model loadSized(String fileOrName, Console console) throws IOException {
    Model model = load(fileOrName, console);
    PictureSize usual = usual(model).orElse(null);
    if (usual == null) {
      return model;
    }
    console
        .errors()
        .printf(
            "clarinet: %s leaves the size of its pictures open; %s is taken, and --size says"
                + " another.%n",
            model.name(), usual);
    return fixed(model, usual, fileOrName);
  }

  /** The size at which a model is tried that leaves it open; empty for one that does not. */
  static Optional<PictureSize> usual(Model model) {
    if (model.inputs().stream().noneMatch(PictureSize::isOpen)) {
      return Optional.empty();
    }
    int side = Classifier.preprocessOf(model).crop();
    return Optional.of(new PictureSize(side, side));
  }

  /**
   * Loads like {@link #loadSized(String, Console)}, opened to this batch size where the file fixes
   * another.
   */
  Model load(String fileOrName, int batch, Console console) throws IOException {
    return opened(loadSized(fileOrName, console), batch);
  }

  /** Loads like {@link #load(String, Console)}, without a warning. */
  Model read(String fileOrName, Console console) throws IOException {
    if (HubReference.isOne(fileOrName)) {
      HubFetch.model(fileOrName, importing(), console); // with its progress; then it is there
    }
    boolean zoo =
        size != null && Zoo.find(fileOrName).isPresent() && !RegularFile.exists(fileOrName);
    Model model = Model.of(zoo ? fileOrName + ":" + size : fileOrName, importing());
    return size == null ? model : fixed(model, size, fileOrName);
  }

  /** The model opened to any batch size, where the items of a batch stay apart; else as it is. */
  static Model opened(Model model) {
    try {
      return model.inputs().stream().allMatch(i -> i.dims().isEmpty() || isOpen(i))
          ? model
          : model.withAnyBatch();
    } catch (GraphException e) {
      return model;
    }
  }

  /** The model opened to a batch size where it fixes another. */
  static Model opened(Model model, int batch) {
    return accepts(model, batch) ? model : model.withAnyBatch();
  }

  /** Whether a model runs at a batch size as it is; at 1, also what fixes another one. */
  static boolean accepts(Model model, int batch) {
    return batch == 1
        || model.inputs().stream()
            .allMatch(i -> i.dims().isEmpty() || isOpen(i) || i.dims().get(0) == batch);
  }

  /** Shapes of a model's inputs for a batch size. */
  static List<Shape> shapes(Model model, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch holds at least 1, not " + batch);
    }
    List<Shape> shapes = new ArrayList<>();
    model
        .inputs()
        .forEach(
            input -> {
              int[] dims = input.shape(OPEN_SIDE).dims();
              if (dims.length > 0 && batch > 1 && !isOpen(input) && dims[0] != batch) {
                throw new IllegalArgumentException(
                    model.name() + " fixes its batch size: input " + input);
              }
              if (dims.length > 0 && isOpen(input)) {
                dims[0] = batch;
              }
              shapes.add(Shape.of(dims));
            });
    return shapes;
  }

  private static boolean isOpen(Input input) {
    return input.dims().get(0) == Input.UNKNOWN;
  }

  /**
   * Random inputs like {@link #random}'s, but seven of eight elements of each input's second half
   * are one value, as on a scanned page: sums over these round the same way at every step.
   */
  static List<Tensor> halfPages(Model model, int batch, long seed) {
    List<Tensor> inputs = random(model, batch, seed);
    for (Tensor tensor : inputs) {
      if (tensor.type() == ElementType.FLOAT32) {
        FloatBuffer values = tensor.floats();
        for (int k = values.limit() / 2; k < values.limit(); k++) {
          values.put(k, k % 8 == 0 ? values.get(k) : PAPER);
        }
      }
    }
    return inputs;
  }

  /** Inputs of these shapes drawn from a seed: floats between -1 and 1, any bytes; else zeros. */
  static List<Tensor> random(Model model, int batch, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tensor> inputs = new ArrayList<>();
    List<Shape> shapes = shapes(model, batch);
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(random(model.inputs().get(i).type(), shapes.get(i), random));
    }
    return inputs;
  }

  private static Tensor random(ElementType type, Shape shape, SplittableRandom random) {
    if (type == ElementType.UINT8) {
      Tensor bytes = Tensor.zeros(type, shape);
      for (long k = 0; k < shape.size(); k++) {
        bytes.set(k, (long) random.nextInt(256));
      }
      return bytes;
    }
    if (!type.isFloatingPoint()) {
      return Tensor.zeros(type, shape);
    }
    Tensor tensor = Tensor.zeros(shape);
    FloatBuffer values = tensor.floats();
    for (int k = 0; k < values.limit(); k++) {
      values.put(k, (float) (random.nextDouble() * 2 - 1));
    }
    return tensor.as(type);
  }
}
