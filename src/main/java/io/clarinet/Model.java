package io.clarinet;

import io.clarinet.classify.PictureInput;
import io.clarinet.classify.PooledHead;
import io.clarinet.event.ModelLoad;
import io.clarinet.file.NearNames;
import io.clarinet.file.RegularFile;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.hub.Hub;
import io.clarinet.hub.HubModel;
import io.clarinet.hub.HubProgress;
import io.clarinet.hub.HubReference;
import io.clarinet.hub.HubSettings;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelBytes;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.importer.safetensors.SafetensorsFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.observe.Topic;
import io.clarinet.pass.OpenBatch;
import io.clarinet.pass.SelectOutputs;
import io.clarinet.report.Explanation;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A network and its weights, not yet on any device. Immutable; weights stay where they were loaded
 * from.
 */
public final class Model {
  private static final long SEED = 1;
  private static final Path UNNAMED = Path.of("the model");
  private final Graph graph;

  private Model(Graph graph) {
    this.graph = graph;
  }

  /**
   * The model in a file.
   *
   * @throws io.clarinet.importer.ModelFormatException naming file, node and reason if it is damaged
   *     or holds what Clarinet cannot run
   * @throws IOException if it cannot be read
   */
  public static Model load(Path file) throws IOException {
    return load(file, ImportOptions.DEFAULT);
  }

  /**
   * Loads a model within other limits, or as the weights of a named architecture; otherwise like
   * {@link #load(Path)}.
   */
  public static Model load(Path file, ImportOptions options) throws IOException {
    return loaded(file.toString(), () -> ending(options, ModelFile.read(file, options)));
  }

  /**
   * The model in a file's bytes, whose beginning tells the format. Weights may be views of the
   * bytes, which must not change as long as the model is used.
   *
   * @throws ModelFormatException as {@link #load(Path)}, naming {@code the model}; also if an ONNX
   *     model has data in files beside it
   */
  public static Model load(byte[] file) {
    return load(ByteBuffer.wrap(file));
  }

  /** As {@link #load(byte[])}, from a buffer's position to its limit, which stay as they are. */
  public static Model load(ByteBuffer file) {
    return load(file, ImportOptions.DEFAULT);
  }

  /** As {@link #load(ByteBuffer)}, within other limits, or as weights of a named architecture. */
  public static Model load(ByteBuffer file, ImportOptions options) {
    return loaded("memory", () -> ending(options, ModelBytes.read(UNNAMED, file, options)));
  }

  /** As {@link #load(byte[])}, of a stream, which is read to its end and left open. */
  public static Model load(InputStream file) {
    return load(file, ImportOptions.DEFAULT);
  }

  /** As {@link #load(InputStream)}, within other limits, or as weights of a named architecture. */
  public static Model load(InputStream file, ImportOptions options) {
    return loaded("stream", () -> ending(options, ModelBytes.read(UNNAMED, file, options)));
  }

  /** The network of our own that comes with Clarinet: it reads digits and capital letters. */
  public static Model bundled() throws IOException {
    SafetensorsFile weights = Bundled.weights();
    return loaded("bundled", () -> SafetensorsImporter.read(weights, ImportOptions.DEFAULT));
  }

  /**
   * An architecture of the zoo with seeded weights, whose answers mean nothing.
   *
   * @throws ModelFormatException with the names that are near, if the zoo has none of this name
   */
  public static Model zoo(String name) {
    Architecture found =
        Zoo.find(name)
            .orElseThrow(
                () ->
                    ModelFormatException.notFound(name, "no such file, and " + Zoo.missing(name)));
    return loaded("zoo", () -> found.graph(new SeededWeights(SEED)));
  }

  /** The graph, ended at the values that the options name, where its file did not do so already. */
  private static Graph ending(ImportOptions options, Graph graph) {
    return options.outputs().isEmpty() || options.outputs().equals(graph.outputs())
        ? graph
        : SelectOutputs.apply(graph, options.outputs());
  }

  private static Model loaded(String source, Supplier<Graph> reading) {
    return new Model(
        Topic.LOAD.during(
            reading,
            (graph, duration, failure) ->
                graph == null
                    ? new ModelLoad("", source, 0, 0, duration, failure)
                    : new ModelLoad(
                        graph.name(),
                        source,
                        graph.nodes().size(),
                        weightBytes(graph),
                        duration,
                        failure)));
  }

  private static long weightBytes(Graph graph) {
    return graph.constants().values().stream()
        .mapToLong(constant -> constant.shape().size() * constant.type().bytes())
        .sum();
  }

  /**
   * The model in a file, or of the zoo where the text is no path, or of a hub: {@code
   * hf:OWNER/NAME[@REVISION][:FILE]} is fetched once, with the labels and the preprocessing that
   * its repository declares, and is read from the cache after that.
   *
   * @throws IllegalArgumentException if the options name an architecture and the text names another
   * @throws IOException in one line, if a file cannot be read, or a hub does not give it
   */
  public static Model of(String fileOrName, ImportOptions options) throws IOException {
    if (HubReference.isOne(fileOrName)) {
      HubReference wanted = HubReference.parse(fileOrName);
      return of(new Hub(HubSettings.standard()).model(wanted, options, HubProgress.NONE), options);
    }
    if (Zoo.find(fileOrName).isEmpty() && isPath(fileOrName)) {
      return load(Path.of(fileOrName), options);
    }
    if (options.architecture() != null) {
      throw new IllegalArgumentException(
          fileOrName + " is an architecture itself; --arch is for files that hold weights only");
    }
    Model model = zoo(fileOrName);
    return new Model(ending(options, model.graph));
  }

  /** What the file says itself holds before what its repository says. */
  static Model of(HubModel fetched, ImportOptions options) throws IOException {
    Graph graph = load(fetched.file(), options).graph;
    Map<String, String> metadata = new HashMap<>(fetched.config().metadata());
    metadata.putAll(graph.metadata());
    return new Model(described(graph, metadata));
  }

  private static Graph described(Graph graph, Map<String, String> metadata) {
    return new Graph(
        graph.name(), graph.inputs(), graph.outputs(), graph.constants(), graph.nodes(), metadata);
  }

  /**
   * Whether a text that is no name of the zoo is meant as a path. Names may hold colons, with which
   * no path of Windows could even be made, and points, as may mistyped ones.
   */
  static boolean isPath(String text) {
    if (text.chars().anyMatch(c -> c == '/' || c == File.separatorChar)
        || RegularFile.exists(text)) {
      return true;
    }
    List<String> names = Zoo.all().stream().map(Architecture::name).toList();
    return text.contains(".") && NearNames.of(text, names).isEmpty();
  }

  /** A model of a graph that was built by hand. */
  public static Model of(Graph graph) {
    return new Model(graph);
  }

  /** Opens the model on the device that {@link Device#standard} chooses. */
  public Session open() {
    return open(Device.standard());
  }

  /** Opens the model on a device; the first run at each input shape plans for it. */
  public Session open(Device device) {
    return open(device, SessionOptions.EXACT);
  }

  /** Opens this model with options that trade exactness; otherwise like {@link #open(Device)}. */
  public Session open(Device device, SessionOptions options) {
    return new Session(graph, device, options);
  }

  /**
   * The plan that this model would have on a device that need not be here. Nothing is built or run:
   * its times are predicted, from what a data sheet says or a device was measured at.
   *
   * @param profile one of {@link Device#profiles}, or a file that {@link Device#writeProfile} wrote
   * @param shapes of the inputs, in declared order
   * @throws IllegalArgumentException if the model does not accept the shapes, or has inputs whose
   *     values decide shapes
   * @throws io.clarinet.plan.PlanException if the device could not hold it
   * @throws IOException naming the file and what is wrong with it
   */
  public Explanation explain(String profile, SessionOptions options, List<Shape> shapes)
      throws IOException {
    return new Forecast(graph, options).on(ShippedProfiles.of(profile), shapes);
  }

  /**
   * This model with its inputs' first extents open, so that it takes any batch size, where its file
   * fixes one.
   *
   * @throws io.clarinet.graph.GraphException naming what keeps the items of a batch from being
   *     independent
   */
  public Model withAnyBatch() {
    return new Model(OpenBatch.apply(graph));
  }

  /**
   * This model with other outputs: any of its values, by the names that {@link #graph} has for
   * them, such as the features that its last layer classifies. Nodes that these do not need are
   * left out; inputs stay.
   *
   * @throws io.clarinet.graph.GraphException if it has no such value, naming those that are near
   */
  public Model withOutputs(String... values) {
    return new Model(SelectOutputs.apply(graph, List.of(values)));
  }

  /**
   * This model with a second output: the features whose average over their plane its scores are
   * made of. With them a {@link Classifier} also tells by {@link Classifier#heatMap where} in a
   * picture it sees a class.
   *
   * @throws io.clarinet.classify.ClassifierException saying what stands between scores and
   *     features, if the model does not end in an average and at most one dense layer or 1x1
   *     convolution
   */
  public Model withFeatures() {
    PictureInput input = PictureInput.of(graph, Classifier.preprocessOf(this));
    PooledHead head = PooledHead.of(graph, input.dims());
    return withOutputs(graph.outputs().get(0), head.features());
  }

  /** The name in the model's file, or of the network of the zoo; may be empty. */
  public String name() {
    return graph.name();
  }

  /** The graph as it was read, before any pass. */
  public Graph graph() {
    return graph;
  }

  /** The declared inputs. */
  public List<Input> inputs() {
    return graph.inputs();
  }

  /** The names of the outputs. */
  public List<String> outputs() {
    return graph.outputs();
  }

  /** The model's metadata, such as {@code labels} or {@code preprocess}. */
  public Map<String, String> metadata() {
    return graph.metadata();
  }

  /** This model with one more entry of metadata, which {@link #writeOnnx} writes. */
  public Model with(String key, String value) {
    Map<String, String> metadata = new HashMap<>(graph.metadata());
    metadata.put(key, value);
    return new Model(described(graph, metadata));
  }

  /** Whether its answers mean something: its weights were not drawn from a seed. */
  public boolean isTrained() {
    return !"seeded".equals(graph.metadata().get("weights"));
  }

  /**
   * Writes the model as an ONNX file, weights included; also over the file that they come from.
   *
   * @throws IOException naming the file and the reason; what was there before stays
   */
  public void writeOnnx(Path file) throws IOException {
    OnnxFile.write(graph, file);
  }
}
