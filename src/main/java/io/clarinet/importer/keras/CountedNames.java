package io.clarinet.importer.keras;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of layers that Keras named by counting, from whatever number it had come to: the zoo
 * counts from 1 in every network, and spells as Keras 2 does.
 *
 * @param names by Keras's name
 */
record CountedNames(Map<String, String> names) {
  private static final Pattern COUNTED =
      Pattern.compile(
          "(conv2d|convolution2d|batch_normalization|batchnormalization|normalization)"
              + "(?:_([1-9]\\d{0,8}))?");

  private static final Map<String, String> FIRST =
      Map.of("convolution2d", "conv2d", "batchnormalization", "batch_normalization");

  /**
   * @param layers all layers of a file
   */
  static CountedNames of(List<String> layers) {
    Map<String, List<Matcher>> kinds =
        layers.stream()
            .map(COUNTED::matcher)
            .filter(Matcher::matches)
            .collect(Collectors.groupingBy(matcher -> matcher.group(1)));
    Map<String, String> names = new HashMap<>();
    kinds.forEach(
        (kind, found) -> {
          found.sort(Comparator.comparingInt(CountedNames::number));
          for (int i = 0; i < found.size(); i++) {
            names.put(found.get(i).group(), FIRST.getOrDefault(kind, kind) + "_" + (i + 1));
          }
        });
    return new CountedNames(Map.copyOf(names));
  }

  private static int number(Matcher matcher) {
    return matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
  }

  String renamed(String layer) {
    return names.getOrDefault(layer, layer);
  }
}
