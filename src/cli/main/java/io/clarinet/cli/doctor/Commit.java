package io.clarinet.cli.doctor;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commit of the clone that this program was built in, by git's own files. */
final class Commit {
  private static final String REFERENCE = "ref: ";
  private static final String LINK = "gitdir: ";

  private Commit() {}

  /** The clone's commit; empty where the program does not lie in one. */
  static Optional<String> ofThisProgram() {
    CodeSource source = Commit.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? Optional.empty() : of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  /** The commit of the clone around a file; the file of a clone's own marks its root. */
  static Optional<String> of(Path file) throws IOException {
    for (Path folder = file; folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.exists(git)) {
        return Files.exists(folder.resolve("opencl/README.md"))
            ? head(resolved(git))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A worktree has a file in place of the folder, which names it. */
  private static Path resolved(Path git) throws IOException {
    return Files.isDirectory(git)
        ? git
        : git.resolveSibling(Files.readString(git).strip().replaceFirst("^" + LINK, ""));
  }

  private static Optional<String> head(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith(REFERENCE)) {
      return Optional.of(head);
    }
    String name = head.substring(REFERENCE.length());
    Path shared = git.resolve("commondir");
    Path common = Files.exists(shared) ? git.resolve(Files.readString(shared).strip()) : git;
    @Nullable Path loose =
        Stream.of(git, common)
            .map(folder -> folder.resolve(name))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    return loose != null ? Optional.of(Files.readString(loose).strip()) : packed(common, name);
  }

  private static Optional<String> packed(Path git, String name) throws IOException {
    Path packed = git.resolve("packed-refs");
    if (!Files.exists(packed)) {
      return Optional.empty();
    }
    return Files.readAllLines(packed).stream()
        .filter(line -> line.endsWith(" " + name))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst();
  }
}
