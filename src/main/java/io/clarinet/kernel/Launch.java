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
 * @param resident work-groups that its price takes to be under way on a unit at a time, which the
 *     compiled kernel's registers and local memory must allow; 0 where it takes nothing so
 */
public record Launch(
    String kernel, Map<String, String> defines, NdRange range, List<Arg> args, long resident) {

  public Launch {
    defines = Map.copyOf(defines);
    args = List.copyOf(args);
  }

  /** A launch whose price does not ask how many groups are under way. */
  public Launch(String kernel, Map<String, String> defines, NdRange range, List<Arg> args) {
    this(kernel, defines, range, args, 0);
  }

  /** The same with a price that takes so many groups to be under way on a unit. */
  public Launch withResident(long groups) {
    return new Launch(kernel, defines, range, args, groups);
  }

  /** The defines as preprocessor lines, sorted by name: the text set before the source. */
  public String prelude() {
    return new TreeMap<>(defines)
        .entrySet().stream()
            .map(e -> "#define " + e.getKey() + " " + e.getValue() + "\n")
            .collect(Collectors.joining());
  }
}
