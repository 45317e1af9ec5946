package io.clarinet.hub;

import io.clarinet.file.AtomicFile;
import io.clarinet.file.FileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A repository's folder in the cache, laid out as the hub's own tools do and read: {@code
 * blobs/DIGEST} has a content, {@code snapshots/COMMIT/NAME} leads to it, {@code refs/REVISION}
 * says which commit a branch or tag was.
 *
 * @see <a href="https://huggingface.co/docs/hub/local-cache">Hub Local Cache</a>
 */
final class HubCache {
  private static final int DEPTH = 4;
  private static final int COMMIT_BYTES = 64;
  private static final Map<Path, ReentrantLock> IN_USE = new ConcurrentHashMap<>();

  private final Path folder;
  private final Path locks;

  HubCache(Path cache, HubReference model) {
    String name = "models--" + model.owner() + "--" + model.name();
    this.folder = cache.resolve(name);
    this.locks = cache.resolve(".locks").resolve(name);
  }

  /** The commit that a revision was when it was last asked for; empty if it never was. */
  Optional<String> commit(HubReference model) throws IOException {
    if (model.isPinned()) {
      return Optional.of(model.revision());
    }
    Path ref = HubPath.below(folder.resolve("refs"), model.revision());
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(ref)) {
      String text = new String(in.readNBytes(COMMIT_BYTES), StandardCharsets.US_ASCII).strip();
      return HubPath.isCommit(text) ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      throw FileException.reading(ref, e);
    }
  }

  void keepCommit(HubReference model, String commit) throws IOException {
    if (!model.isPinned()) {
      Path ref = HubPath.below(folder.resolve("refs"), model.revision());
      within(ref);
      AtomicFile.write(ref, out -> out.write(commit.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** The folder of a commit's files. */
  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** Names of a commit's files that are there, links that lead nowhere left out. */
  Set<String> names(String commit) throws IOException {
    Path snapshot = snapshot(commit);
    if (!Files.isDirectory(snapshot)) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(snapshot, DEPTH)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
          .forEach(names::add);
    } catch (IOException e) {
      throw FileException.reading(snapshot, e);
    }
    return names;
  }

  /** Fetches a content into its part. */
  @FunctionalInterface
  interface Fetching {
    void into(Path part) throws IOException;
  }

  /**
   * A commit's file, fetched if its content is not there yet; whoever fetches the same content
   * meanwhile, here or in another process, is waited for.
   *
   * @return whether it had to be fetched
   */
  boolean keep(String commit, HubFile file, Fetching fetching) throws IOException {
    Path blob = folder.resolve("blobs").resolve(file.digest());
    Path lock = locks.resolve(file.digest() + ".lock");
    within(blob);
    within(lock);
    ReentrantLock own = IN_USE.computeIfAbsent(lock.toAbsolutePath(), key -> new ReentrantLock());
    own.lock();
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      boolean wanted = !isThere(blob, file);
      if (wanted) {
        Path part = blob.resolveSibling(file.digest() + ".part");
        fetching.into(part);
        Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      link(HubPath.below(snapshot(commit), file.name()), blob);
      return wanted;
    } catch (HubException e) {
      throw e;
    } catch (IOException e) {
      throw FileException.writing(blob, e);
    } finally {
      own.unlock();
    }
  }

  private static boolean isThere(Path blob, HubFile file) throws IOException {
    return Files.isRegularFile(blob) && Files.size(blob) == file.size();
  }

  private static Path within(Path file) throws IOException {
    Path parent = Objects.requireNonNull(file.getParent());
    try {
      return Files.createDirectories(parent);
    } catch (IOException e) {
      throw FileException.writing(parent, e);
    }
  }

  /** A link, relative so that the cache can be moved; where the system has none, the content. */
  private static void link(Path file, Path blob) throws IOException {
    Path parent = within(file);
    if (Files.exists(file)) {
      return;
    }
    Files.deleteIfExists(file);
    try {
      Files.createSymbolicLink(file, parent.relativize(blob));
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(blob, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
