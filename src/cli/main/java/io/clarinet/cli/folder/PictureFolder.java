package io.clarinet.cli.folder;

import io.clarinet.file.FileException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pictures of a folder, known by the ends of their names. Hidden files and folders are left
 * out; links are followed, and none twice around a circle.
 */
public final class PictureFolder extends SimpleFileVisitor<Path> {
  private static final Pattern PICTURE =
      Pattern.compile("[^.].*\\.(jpe?g|jpe|jfif|png|webp|tiff?|bmp|gif)", Pattern.CASE_INSENSITIVE);

  private final Path folder;
  private final List<Path> found = new ArrayList<>();

  private PictureFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The pictures in the order of their paths. A folder below that the system does not let be read
   * is among them, for its reader to say so.
   *
   * @param recursive whether also those of the folders below
   * @throws IOException if the folder itself cannot be read
   */
  public static List<Path> pictures(Path folder, boolean recursive) throws IOException {
    PictureFolder visitor = new PictureFolder(folder);
    int depth = recursive ? Integer.MAX_VALUE : 1;
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
    visitor.found.sort(null);
    return visitor.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
    boolean hidden = !below.equals(folder) && name(below).startsWith(".");
    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!attributes.isDirectory() && PICTURE.matcher(name(file)).matches()) {
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (file.equals(folder)) {
      throw FileException.reading(file, e);
    }
    if (!(e instanceof FileSystemLoopException)) {
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
