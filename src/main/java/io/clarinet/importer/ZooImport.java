package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Constant;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an architecture of the zoo with the tensors of a file, by their names and shapes. */
public final class ZooImport {
  private static final Logger LOG = LoggerFactory.getLogger(ZooImport.class);
  private static final String ARCHITECTURE = "architecture";

  /** Metadata keys that describe a preprocessing instead of naming one. */
  private static final Set<String> PICTURES = Set.of("mean", "std", "input_size");

  private static final int MAX_CANDIDATES = 3;
  private static final int MAX_NAME = 80;

  private final StateDictionary file;
  private final List<NamedTensors> tensors;

  private ZooImport(StateDictionary file) {
    this.file = file;
    this.tensors = NamedTensors.candidates(file.tensors());
  }

  /**
   * The graph of a file; its metadata are the architecture's, overridden by the file's own. The
   * architecture is the one that the options name, else the one that the metadata name, else the
   * first of the zoo whose tensors are the file's; where others fit as well, a message says so.
   *
   * @throws ModelFormatException if the tensors are not the architecture's, with a report of what
   *     is missing and unexpected; or if none fits, with the nearest candidates; or beyond the
   *     limits
   */
  public static Graph read(StateDictionary file, ImportOptions options) {
    ZooImport reading = new ZooImport(file);
    String named = options.architecture();
    String name = named != null ? named : file.metadata().get(ARCHITECTURE);
    ArchitectureFit fit = name != null ? reading.named(name) : reading.inferred();
    reading.requireWithin(options.limits(), fit);
    return reading.graph(fit);
  }

  /**
   * The graph of a file that lacks no more than the layers behind the last image of an
   * architecture, up to that image; empty if it lacks others, or none.
   */
  public static Optional<Graph> readHeadless(StateDictionary file, ImportOptions options) {
    ZooImport reading = new ZooImport(file);
    String named = options.architecture();
    Stream<ArchitectureFit> fits = named != null ? Stream.of(reading.fit(named)) : reading.begun();
    return fits.filter(ArchitectureFit::lacksItsEndOnly)
        .flatMap(fit -> reading.headless(fit, options).stream())
        .findFirst();
  }

  private Optional<Graph> headless(ArchitectureFit fit, ImportOptions options) {
    ArchitectureFit filled = fit.filled();
    requireWithin(options.limits(), filled);
    return Headless.cut(graph(filled), fit.missing());
  }

  private ArchitectureFit named(String name) {
    ArchitectureFit fit = fit(name);
    if (!fit.isComplete()) {
      String others = names(exact());
      throw new ModelFormatException(
          Kind.INVALID,
          file.file(),
          "its tensors are not "
              + fit.architecture().name()
              + (others.isEmpty() ? "'s: " : "'s but those of " + others + ": ")
              + fit.report());
    }
    if (!fit.isExact()) {
      LOG.warn("{}: read as {}, without {}", file.file(), name, fit.report());
    }
    return fit;
  }

  private ArchitectureFit fit(String name) {
    Optional<Architecture> named =
        name.length() > MAX_NAME ? Optional.empty() : ArchitectureNames.find(name);
    if (named.isEmpty()) {
      throw unsupported(
          "\"" + shortened(name) + "\" is no architecture: " + Zoo.missing(shortened(name)));
    }
    try {
      return ArchitectureFit.best(named.get(), tensors);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFormatException(
          Kind.UNSUPPORTED, file.file(), "no such network as " + name + ": " + e.getMessage(), e);
    }
  }

  private static String shortened(String name) {
    return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
  }

  private List<ArchitectureFit> exact() {
    return Zoo.all().stream()
        .flatMap(architecture -> ArchitectureFit.complete(architecture, tensors).stream())
        .filter(ArchitectureFit::isExact)
        .toList();
  }

  /** The fits of architectures whose first weight the file has. */
  private Stream<ArchitectureFit> begun() {
    return Zoo.all().stream()
        .flatMap(architecture -> ArchitectureFit.best(architecture, tensors, 1).stream());
  }

  private ArchitectureFit inferred() {
    List<ArchitectureFit> exact = exact();
    if (exact.isEmpty()) {
      throw unsupported(
          "its " + file.tensors().size() + " tensors are no known architecture's; " + nearest());
    }
    ArchitectureFit first = exact.get(0);
    if (exact.size() > 1) {
      LOG.warn(
          "{}: read as {}; its tensors would fit {} as well: choose with --arch",
          file.file(),
          first.architecture().name(),
          names(exact.subList(1, exact.size())));
    }
    return first;
  }

  private String nearest() {
    List<ArchitectureFit> some =
        begun()
            .filter(fit -> !fit.weights().isEmpty())
            .sorted(Comparator.comparingDouble(ArchitectureFit::share).reversed())
            .limit(MAX_CANDIDATES)
            .toList();
    if (some.isEmpty()) {
      return "name one with --arch, of " + names();
    }
    return "the nearest are "
        + some.stream().map(ZooImport::described).collect(Collectors.joining(", "))
        + "; "
        + some.get(0).architecture().name()
        + " finds "
        + some.get(0).report()
        + "; name one with --arch";
  }

  private static String described(ArchitectureFit fit) {
    return String.format(
        Locale.ROOT, "%s (%.0f %% alike)", fit.architecture().name(), 100 * fit.share());
  }

  private static String names(List<ArchitectureFit> fits) {
    return fits.stream().map(fit -> fit.architecture().name()).collect(Collectors.joining(", "));
  }

  private static String names() {
    return Zoo.all().stream().map(Architecture::name).collect(Collectors.joining(", "));
  }

  private ModelFormatException unsupported(String reason) {
    return new ModelFormatException(Kind.UNSUPPORTED, file.file(), reason);
  }

  private void requireWithin(Limits limits, ArchitectureFit fit) {
    long bytes = 0;
    for (Constant weight : fit.weights().values()) {
      bytes += weight.shape().size() * weight.type().bytes();
    }
    limits.require(file.file(), bytes);
  }

  private Graph graph(ArchitectureFit fit) {
    Graph graph = fit.architecture().graph(new FileWeights(fit.weights()));
    Map<String, String> metadata = new HashMap<>(graph.metadata());
    if (file.metadata().keySet().stream().anyMatch(PICTURES::contains)) {
      metadata.remove("preprocess");
    }
    metadata.putAll(file.metadata());
    metadata.put(ARCHITECTURE, fit.architecture().name());
    return new Graph(
        graph.name(), graph.inputs(), graph.outputs(), graph.constants(), graph.nodes(), metadata);
  }
}
