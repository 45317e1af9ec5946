package io.clarinet.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there whole or not at all: it is written under another name beside its own, which
 * it gets by {@link #commit}. Until then, and after any failure, what was there stays as it was,
 * and whoever has it open or mapped keeps it.
 *
 * <p>A link stays a link, and the file that it leads to is replaced, in its mode and owner. A
 * device or a pipe is written as it is.
 */
public final class AtomicFile implements Closeable {
  private static final int MOST_LINKS = 40;
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Path target;
  private final @Nullable Path part;
  private final OutputStream out;

  private AtomicFile(Path file, Path target, @Nullable Path part) throws IOException {
    this.file = file;
    this.target = target;
    this.part = part;
    this.out =
        new NamedOutput(
            part == null
                ? Files.newOutputStream(target, StandardOpenOption.WRITE)
                : Files.newOutputStream(part, StandardOpenOption.CREATE_NEW),
            file);
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a whole file.
   *
   * @throws IOException naming the file and the reason
   */
  public static void write(Path file, Content content) throws IOException {
    try (AtomicFile atomic = create(file)) {
      content.writeTo(atomic.out());
      atomic.commit();
    }
  }

  /**
   * Begins a file.
   *
   * @throws IOException naming the file and the reason, such as a folder that is not there
   */
  public static AtomicFile create(Path file) throws IOException {
    try {
      Path target = target(file);
      boolean replaceable = !Files.exists(target) || Files.isRegularFile(target);
      requireWritable(file, target);
      Path part = target.resolveSibling(".clarinet-" + UUID.randomUUID() + ".part");
      return new AtomicFile(file, target, replaceable ? begun(part) : null);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  private static Path begun(Path part) {
    UNFINISHED.add(part);
    return part;
  }

  /** The end of a path's links: a file, or the place where one would be. */
  private static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(target) && i < MOST_LINKS; i++) {
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void requireWritable(Path file, Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw FileException.refused("cannot write ", file, "it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  /** The stream that becomes the file's content; unbuffered. */
  public OutputStream out() {
    return out;
  }

  /**
   * Ends the file, and puts it in its place.
   *
   * @throws IOException naming the file and the reason
   */
  public void commit() throws IOException {
    try {
      out.close();
      if (part != null) {
        keepOwnerAndMode(part);
        replace(part);
        UNFINISHED.remove(part);
      }
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  private void replace(Path whole) throws IOException {
    try {
      Files.move(
          whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Only root may give a file away; for others it becomes their own. */
  private void keepOwnerAndMode(Path whole) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(whole, PosixFileAttributeView.class);
    if (view == null || !Files.exists(target)) {
      return;
    }
    PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class);
    PosixFileAttributes made = view.readAttributes();
    try {
      if (!old.owner().equals(made.owner())) {
        view.setOwner(old.owner());
      }
      if (!old.group().equals(made.group())) {
        view.setGroup(old.group());
      }
    } catch (IOException e) {
      // the content is what counts
    }
    view.setPermissions(old.permissions());
  }

  /** Drops what was written, unless it was committed. */
  @Override
  public void close() throws IOException {
    out.close();
    if (part != null && UNFINISHED.remove(part)) {
      Files.deleteIfExists(part);
    }
  }

  /** Removes this process's half-written files before it ends. */
  public static void dropUnfinished() {
    for (Path part : UNFINISHED) {
      part.toFile().delete();
    }
  }
}
