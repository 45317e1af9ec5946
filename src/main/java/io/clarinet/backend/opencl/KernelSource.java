package io.clarinet.backend.opencl;

import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads kernel files with their includes set in place, from the class path or from a folder. */
final class KernelSource {
  private static final String ROOT = "/io/clarinet/opencl/";

  /** Folders of kernels: for CPU devices, for GPUs, for both. Each name stands in one folder. */
  private static final List<String> TARGETS = List.of("cpu", "gpu", "any");

  private static final Pattern INCLUDE = Pattern.compile("\\s*#\\s*include\\s+\"([^\"]+)\".*");

  private final @Nullable Path folder;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<Defined, ChainFunction> functions = new ConcurrentHashMap<>();
  private final Map<String, Boolean> single = new ConcurrentHashMap<>();

  private record Defined(String kernel, String prelude) {}

  KernelSource(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * The text of {@code <target>/<kernel>.cl}, complete, with line marks that let a build log name
   * files.
   *
   * @throws KernelRejectedException if a file is missing
   */
  String read(String kernel) {
    return texts.computeIfAbsent(kernel, this::complete);
  }

  /** A kernel's text as a function of a chain; equal preludes give the same object. */
  ChainFunction function(String kernel, String prelude) {
    return functions.computeIfAbsent(
        new Defined(kernel, prelude), d -> ChainFunction.of(prelude + read(kernel), kernel));
  }

  /** Whether a launch can be a function of a chain: it must be written for groups of one item. */
  boolean chains(Launch launch) {
    return launch.range().local().stream().allMatch(extent -> extent == 1)
        && single.computeIfAbsent(
            launch.kernel(), kernel -> ChainFunction.isForSingleItems(kernel, read(kernel)));
  }

  private String complete(String kernel) {
    StringBuilder text = new StringBuilder();
    append(kernel, find(kernel), text);
    return text.toString();
  }

  private String find(String kernel) {
    return TARGETS.stream()
        .map(target -> target + "/" + kernel + ".cl")
        .filter(this::exists)
        .findFirst()
        .orElseThrow(() -> missing(kernel, kernel + ".cl"));
  }

  private boolean exists(String file) {
    return folder == null
        ? KernelSource.class.getResource(ROOT + file) != null
        : Files.isRegularFile(folder.resolve(file));
  }

  private void append(String kernel, String file, StringBuilder text) {
    text.append("#line 1 \"").append(file).append("\"\n");
    int number = 0;
    for (String line : load(kernel, file).lines().toList()) {
      number++;
      Matcher include = INCLUDE.matcher(line);
      if (include.matches()) {
        append(kernel, include.group(1), text);
        text.append("#line ").append(number + 1).append(" \"").append(file).append("\"\n");
      } else {
        text.append(line).append('\n');
      }
    }
  }

  private String load(String kernel, String file) {
    try {
      return folder == null ? builtIn(file) : Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw missing(kernel, file);
    }
  }

  private KernelRejectedException missing(String kernel, String file) {
    String place = folder == null ? "this build of Clarinet" : folder.toString();
    return new KernelRejectedException(kernel, "no kernel file " + file + " in " + place);
  }

  private static String builtIn(String file) throws IOException {
    try (InputStream in = KernelSource.class.getResourceAsStream(ROOT + file)) {
      if (in == null) {
        throw new IOException(file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
