package io.clarinet.hub;

import io.clarinet.hub.HubException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a repository that make a model: the one to load, and those that it needs or that
 * describe it.
 *
 * @param descriptions what says how the model is to be used
 * @param parts further files of weights
 * @param model the file to load
 */
record HubFiles(List<String> descriptions, List<String> parts, String model) {
  private static final List<String> DESCRIPTIONS =
      List.of("config.json", "preprocessor_config.json");

  /** Files that need an architecture of the zoo, and files that bring theirs, the best first. */
  private static final List<Pattern> PREFERRED =
      Stream.of(
              "model\\.safetensors",
              "model\\.safetensors\\.index\\.json",
              "model\\.onnx",
              "onnx/model\\.onnx",
              "[^/]+\\.onnx",
              "[^/]+\\.keras",
              "(?!tf_model)[^/]+\\.h5",
              "[^/]+\\.safetensors",
              "pytorch_model\\.bin",
              "pytorch_model\\.bin\\.index\\.json",
              "[^/]+\\.(?:pth|pt|th)")
          .map(Pattern::compile)
          .toList();

  private static final Pattern GRAPH = Pattern.compile(".*\\.(?:onnx|keras|h5)");
  private static final Pattern INDEX = Pattern.compile("(.*)\\.(safetensors|bin)\\.index\\.json");
  private static final Pattern SHARD =
      Pattern.compile("(.*)-\\d{5}-of-(\\d{5})\\.(safetensors|bin)");
  private static final int MOST_SHARDS = 1000;
  private static final int LISTED = 4;

  HubFiles {
    descriptions = List.copyOf(descriptions);
    parts = List.copyOf(parts);
  }

  /** All, the one to load last. */
  List<String> all() {
    return Stream.of(descriptions, parts, List.of(model)).flatMap(List::stream).toList();
  }

  /**
   * The choice among the files of a repository.
   *
   * @param graphsOnly whether weights alone cannot be loaded
   * @return empty if there is none, or a part of it is missing
   */
  static Optional<HubFiles> of(HubReference wanted, Set<String> names, boolean graphsOnly) {
    String file = wanted.file();
    Optional<String> chosen =
        file != null ? Optional.of(file).filter(names::contains) : best(names, graphsOnly);
    return chosen.map(model -> with(model, names)).filter(files -> names.containsAll(files.all()));
  }

  private static Optional<String> best(Set<String> names, boolean graphsOnly) {
    return PREFERRED.stream()
        .flatMap(
            form -> {
              List<String> some =
                  names.stream().filter(name -> form.matcher(name).matches()).toList();
              return some.size() == 1 ? some.stream() : Stream.empty();
            })
        .filter(name -> !graphsOnly || needsNoArchitecture(name))
        .findFirst();
  }

  /** Whether a file holds its network, not only weights. */
  static boolean needsNoArchitecture(String name) {
    return GRAPH.matcher(name).matches();
  }

  private static HubFiles with(String model, Set<String> names) {
    String folder = model.substring(0, model.lastIndexOf('/') + 1);
    List<String> descriptions =
        DESCRIPTIONS.stream()
            .flatMap(name -> Stream.of(folder + name, name).filter(names::contains).limit(1))
            .toList();
    return new HubFiles(descriptions, parts(model, names), model);
  }

  private static List<String> parts(String model, Set<String> names) {
    Matcher index = INDEX.matcher(model);
    if (index.matches()) {
      return shards(index.group(1), index.group(2), names);
    }
    Pattern data = Pattern.compile(Pattern.quote(model) + "[._]data(?:_\\d{1,4})?");
    return model.endsWith(".onnx")
        ? names.stream().filter(name -> data.matcher(name).matches()).sorted().toList()
        : List.of();
  }

  /** All that the first of them says there are, be they there or not. */
  private static List<String> shards(String stem, String ending, Set<String> names) {
    Optional<Matcher> some =
        new TreeSet<>(names)
            .stream()
                .map(SHARD::matcher)
                .filter(Matcher::matches)
                .filter(m -> m.group(1).equals(stem) && m.group(3).equals(ending))
                .findFirst();
    int count = some.map(m -> Integer.parseInt(m.group(2))).orElse(1);
    List<String> shards = new ArrayList<>();
    for (int i = 1; i <= Math.min(count, MOST_SHARDS); i++) {
      shards.add("%s-%05d-of-%05d.%s".formatted(stem, i, count, ending));
    }
    return shards;
  }

  /** Why there is no choice, and what to do. */
  static HubException none(HubReference wanted, Set<String> names, String architecture) {
    if (wanted.file() != null) {
      return new HubException(
          Kind.NOT_FOUND, wanted + ": the repository has no such file" + some(names, "; it has "));
    }
    if (!architecture.isEmpty() && of(wanted, names, false).isPresent()) {
      return new HubException(
          Kind.UNSUPPORTED,
          ("%s: its weights are of \"%s\", which the zoo lacks (`clarinet zoo` lists it), and there"
                  + " is no ONNX file; export one where the model was made, or name a network with"
                  + " --arch")
              .formatted(wanted, architecture));
    }
    return new HubException(
        Kind.UNSUPPORTED,
        wanted
            + ": the repository has no one file of weights that is read (.safetensors, .onnx,"
            + " .keras, .h5, .bin)"
            + some(names, "; name one with :FILE, of "));
  }

  private static String some(Set<String> names, String before) {
    List<String> models =
        new TreeSet<>(names)
            .stream()
                .filter(name -> name.matches(".*\\.(safetensors|onnx|keras|h5|bin|pth|pt)"))
                .toList();
    return models.isEmpty()
        ? ""
        : before
            + String.join(", ", models.subList(0, Math.min(LISTED, models.size())))
            + (models.size() > LISTED ? ", …" : "");
  }
}
