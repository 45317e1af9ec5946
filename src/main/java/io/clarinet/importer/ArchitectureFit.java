package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.zoo.Architecture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fit of a file's tensors to an architecture of the zoo.
 *
 * @param found the file's tensors, named as the zoo does
 * @param weights those that fit
 * @param missing names that the architecture asks for and the file lacks
 * @param misshapen tensors of another shape, with the shape that each should have
 */
record ArchitectureFit(
    Architecture architecture,
    NamedTensors found,
    Map<String, Constant> weights,
    List<String> missing,
    Map<String, Shape> misshapen) {
  private static final int MAX_LISTED = 4;
  private static final int MAX_NAME = 80;

  /** The best fit of the same tensors under several schemes of names, the zoo's and the file's. */
  static ArchitectureFit best(Architecture architecture, List<NamedTensors> candidates) {
    return best(architecture, candidates, 0).orElseThrow();
  }

  /** The best fit that has all weights, of whatever shape; empty if none has. */
  static Optional<ArchitectureFit> complete(
      Architecture architecture, List<NamedTensors> candidates) {
    return best(architecture, candidates, Integer.MAX_VALUE);
  }

  /** The best fit that has at least so many of the weights that the architecture asks for first. */
  static Optional<ArchitectureFit> best(
      Architecture architecture, List<NamedTensors> candidates, int atLeast) {
    return architecture.spellings().stream()
        .flatMap(
            spelling ->
                candidates.stream()
                    .filter(found -> atLeast == 0 || Requirements.found(spelling, found) >= atLeast)
                    .map(found -> of(spelling, found)))
        .max(Comparator.comparingInt(fit -> fit.weights.size()));
  }

  /** With as many classes as the file's last layer tells apart, where only that differs. */
  private static ArchitectureFit of(Architecture architecture, NamedTensors found) {
    ArchitectureFit fit = exactly(architecture, found);
    if (!fit.missing.isEmpty() || fit.misshapen.isEmpty()) {
      return fit;
    }
    String first = fit.misshapen.keySet().iterator().next();
    Shape shape = Objects.requireNonNull(found.get(first)).shape();
    int classes = shape.rank() == 0 ? 0 : shape.dim(0);
    boolean last =
        Objects.requireNonNull(fit.misshapen.get(first)).dim(0) == architecture.classes();
    return last && classes > 0 ? exactly(architecture.withClasses(classes), found) : fit;
  }

  private static ArchitectureFit exactly(Architecture architecture, NamedTensors found) {
    ArchitectureFit fit =
        new ArchitectureFit(
            architecture, found, new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
    Requirements.of(architecture).forEach(fit::take);
    return fit;
  }

  private void take(String name, Shape shape) {
    Constant tensor = found.get(name);
    if (tensor == null) {
      missing.add(name);
    } else if (tensor.shape().equals(shape)) {
      weights.put(name, tensor);
    } else if (Flattened.fits(tensor.shape(), shape)) {
      weights.put(name, Flattened.of(tensor, shape));
    } else {
      misshapen.put(name, shape);
    }
  }

  /** Whether nothing is missing or misshapen. */
  boolean isComplete() {
    return missing.isEmpty() && misshapen.isEmpty();
  }

  /** Whether the file holds what the architecture asks for and nothing else. */
  boolean isExact() {
    return isComplete() && unexpectedCount() == 0;
  }

  /** Whether only weights that the architecture asks for last are missing. */
  boolean lacksItsEndOnly() {
    List<String> wanted = List.copyOf(Requirements.of(architecture).keySet());
    return !missing.isEmpty()
        && misshapen.isEmpty()
        && unexpectedCount() == 0
        && wanted.subList(wanted.size() - missing.size(), wanted.size()).equals(missing);
  }

  /** This fit with zeros for what is missing. */
  ArchitectureFit filled() {
    Map<String, Constant> all = new LinkedHashMap<>(weights);
    Requirements.of(architecture)
        .forEach(
            (name, shape) ->
                all.computeIfAbsent(name, key -> new Splat(ElementType.FLOAT32, shape, 0)));
    return new ArchitectureFit(architecture, found, all, missing, misshapen);
  }

  private int unexpectedCount() {
    return found.size() - weights.size() - misshapen.size();
  }

  /** Names that the file holds and the architecture does not ask for. */
  private List<String> unexpected() {
    Map<String, Shape> wanted = Requirements.of(architecture);
    return found.names().filter(name -> !wanted.containsKey(name)).toList();
  }

  /** The share of what the architecture asks for and the file holds that is the same, 0 to 1. */
  double share() {
    int all = weights.size() + missing.size() + misshapen.size() + unexpectedCount();
    return (double) weights.size() / all;
  }

  /** The differences, for people. */
  String report() {
    List<String> parts = new ArrayList<>();
    add(parts, "missing", missing);
    add(parts, "of another shape", misshapen.keySet().stream().map(this::difference).toList());
    add(parts, "unexpected", unexpected());
    return String.join("; ", parts);
  }

  private String difference(String name) {
    Shape shape = Objects.requireNonNull(found.get(name)).shape();
    return shortened(name) + " is " + shape + " instead of " + misshapen.get(name);
  }

  private static void add(List<String> parts, String what, List<String> names) {
    if (!names.isEmpty()) {
      String listed =
          names.stream()
              .limit(MAX_LISTED)
              .map(ArchitectureFit::shortened)
              .collect(Collectors.joining(", "));
      String more = names.size() > MAX_LISTED ? ", …" : "";
      parts.add(names.size() + " " + what + " (" + listed + more + ")");
    }
  }

  private static String shortened(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
  }
}
