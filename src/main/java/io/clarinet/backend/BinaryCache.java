package io.clarinet.backend;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files named after their sources, each led by a digest of its content, so that a cut or altered
 * one is not taken. Failure to write is tolerated: the cache only saves time.
 */
public final class BinaryCache {
  private static final int DIGEST_BYTES = 32;

  private final Path folder;
  private final int mostKept;

  /**
   * @param mostKept entries beyond this number are removed, those that were not used longest first
   */
  public BinaryCache(Path folder, int mostKept) {
    this.folder = folder;
    this.mostKept = mostKept;
  }

  /** A file name from everything that the content depends on. */
  public static String key(String... parts) {
    MessageDigest sha = sha256();
    for (String part : parts) {
      sha.update(part.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The content kept under a key, unless there is none or it is damaged. */
  public Optional<byte[]> get(String key) {
    try {
      Path entry = folder.resolve(key);
      byte[] file = Files.readAllBytes(entry);
      noteUse(entry);
      if (file.length <= DIGEST_BYTES) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOfRange(file, DIGEST_BYTES, file.length);
      boolean intact =
          Arrays.equals(sha256().digest(content), 0, DIGEST_BYTES, file, 0, DIGEST_BYTES);
      return intact ? Optional.of(content) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void noteUse(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // a cache that cannot be written still serves
    }
  }

  /** Keeps content under a key, in one step for other processes; false if that is not possible. */
  public boolean put(String key, byte[] content) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, key, ".part");
      try {
        Files.write(part, concat(sha256().digest(content), content));
        Files.move(part, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        removeOldest();
        return true;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes the content under a key. */
  void remove(String key) {
    try {
      Files.deleteIfExists(folder.resolve(key));
    } catch (IOException e) {
      // an entry that cannot be removed is overwritten or refused again later
    }
  }

  private void removeOldest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<File> entries = files.map(Path::toFile).toList();
      entries.stream()
          .sorted(Comparator.comparingLong(File::lastModified))
          .limit(Math.max(0, entries.size() - mostKept))
          .forEach(File::delete);
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
