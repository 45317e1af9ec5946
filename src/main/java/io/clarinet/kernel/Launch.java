package io.clarinet.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One kernel launch as a value.
 *
 * @param kernel names the file {@code opencl/<kernel>.cl} and its entry point
 * @param defines macros set before the source is compiled; equal defines share one program
 */
public record Launch(String kernel, Map<String, String> defines, NdRange range, List<Arg> args) {

  public Launch {
    defines = Map.copyOf(defines);
    args = List.copyOf(args);
  }

  /** The defines as preprocessor lines, sorted by name: the text set before the source. */
  public String prelude() {
    return new TreeMap<>(defines)
        .entrySet().stream()
            .map(e -> "#define " + e.getKey() + " " + e.getValue() + "\n")
            .collect(Collectors.joining());
  }
}
