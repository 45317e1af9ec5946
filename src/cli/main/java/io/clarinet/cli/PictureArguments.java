package io.clarinet.cli;

import io.clarinet.cli.folder.NameList;
import io.clarinet.cli.folder.PictureFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pictures that a command is asked about: files, folders, patterns, or a list. */
final class PictureArguments {
  private static final String LIST = "-";

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      completionCandidates = Words.Files.class,
      description =
          "JPEG, PNG, WebP, TIFF, BMP or GIF files, folders of these, patterns such as *.jpg, or -"
              + " for a list of files on standard input")
  List<String> arguments = new ArrayList<>();

  @Option(names = "--recursive", description = "also take the pictures of folders below folders")
  boolean recursive;

  /** Whether samples are wanted. */
  boolean areMissing() {
    return arguments.isEmpty();
  }

  /**
   * The names of all pictures in the order of the arguments, those of a folder in the order of
   * their paths.
   *
   * @throws IllegalArgumentException if arguments name none
   */
  List<String> names(Console console) throws IOException {
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals(LIST)) {
        names.addAll(NameList.read(console.input()));
      } else {
        for (Path path : Wildcards.files(List.of(argument))) {
          add(path, names);
        }
      }
    }
    if (names.isEmpty() && !areMissing()) {
      throw new IllegalArgumentException("there are no pictures in " + places() + advice());
    }
    return names;
  }

  private void add(Path path, List<String> names) throws IOException {
    if (Files.isDirectory(path)) {
      PictureFolder.pictures(path, recursive).forEach(file -> names.add(file.toString()));
    } else {
      names.add(path.toString());
    }
  }

  private String places() {
    return arguments.stream()
        .map(argument -> argument.equals(LIST) ? "the list on standard input" : argument)
        .collect(Collectors.joining(", "));
  }

  private String advice() {
    return recursive || List.of(LIST).containsAll(arguments)
        ? ""
        : "; --recursive also looks in the folders below";
  }
}
