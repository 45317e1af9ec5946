package io.clarinet.hub;

import io.clarinet.file.FileException;
import io.clarinet.hub.HubConnection.Reply;
import io.clarinet.hub.HubException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way from the hub into a part beside its place, which stays there if the way is
 * cut, and is gone on with; it counts only once its size and checksum are the listed ones.
 */
final class HubDownload {
  private static final int PIECE = 1 << 16;
  private static final int MOST_CUTS = 50;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  private final HubReference model;
  private final HubFile file;
  private final String path;
  private final HubConnection hub;
  private final HubProgress progress;
  private final Path part;

  /** The validator of the body that the part is of, as far as this run has seen one. */
  private @Nullable String etag;

  private MessageDigest digest;
  private long have;

  /**
   * @param path of the file at the hub, encoded
   * @param part where its bytes are gathered
   */
  HubDownload(
      HubReference model,
      HubFile file,
      String path,
      Path part,
      HubConnection hub,
      HubProgress progress) {
    this.model = model;
    this.file = file;
    this.path = path;
    this.part = part;
    this.hub = hub;
    this.progress = progress;
    this.digest = file.begun();
  }

  /**
   * Fills the part, whole and checked.
   *
   * @throws HubException if the hub refuses, or gives something else than it listed
   * @throws IOException naming the part, if it cannot be written
   */
  void run() throws IOException {
    try (FileChannel out = opened()) {
      boolean resumed = resume(out);
      progress.begin(file, have);
      gather(out);
      boolean sound = matches();
      if (!sound && resumed) { // an old part that was of something else
        restart(out);
        gather(out);
        sound = matches();
      }
      if (!sound) {
        restart(out);
        throw invalid("is not what the hub lists: its checksum is another; it was dropped");
      }
      out.force(true);
    }
  }

  private FileChannel opened() throws IOException {
    try {
      return FileChannel.open(
          part, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    } catch (IOException e) {
      throw FileException.writing(part, e);
    }
  }

  /** Takes over what an earlier run left. */
  private boolean resume(FileChannel out) throws IOException {
    if (out.size() == 0 || out.size() > file.size()) {
      restart(out);
      return false;
    }
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    while (out.read(piece.clear()) > 0) {
      digest.update(piece.flip());
      have += piece.limit();
    }
    return true;
  }

  private void restart(FileChannel out) throws IOException {
    out.truncate(0);
    out.position(0);
    digest = file.begun();
    have = 0;
    etag = null;
  }

  /** Asks for what is missing, again after each cut that something came before. */
  private void gather(FileChannel out) throws IOException {
    for (int cuts = 0; have < file.size(); cuts++) {
      long before = have;
      IOException cut = attempt(out);
      if (have < file.size() && (have == before || cuts == MOST_CUTS)) {
        throw new HubException(
            Kind.UNREACHABLE,
            String.format(
                Locale.ROOT,
                "%s: %s was cut after %,d of %,d bytes%s; run this again, and it goes on from"
                    + " there",
                model,
                file.name(),
                have,
                file.size(),
                reason(cut)),
            cut);
      }
    }
  }

  private static String reason(@Nullable IOException cut) {
    return cut == null || cut.getMessage() == null ? "" : " (" + cut.getMessage() + ")";
  }

  /** What cut an answer short; null if it ended by itself. */
  private @Nullable IOException attempt(FileChannel out) throws IOException {
    try (Reply reply = hub.get(model, path, headers())) {
      if (accept(reply, out)) {
        copy(reply.body(), out);
      }
      return null;
    } catch (FileException | HubException e) {
      throw e;
    } catch (IOException e) {
      return e;
    }
  }

  private Map<String, String> headers() {
    if (have == 0) {
      return Map.of();
    }
    String range = "bytes=" + have + "-";
    return etag == null ? Map.of("Range", range) : Map.of("Range", range, "If-Range", etag);
  }

  /** Whether the body is what is missing; if the whole comes instead, the part begins anew. */
  private boolean accept(Reply reply, FileChannel out) throws IOException {
    if (reply.status() == 206) {
      Matcher range = RANGE.matcher(String.valueOf(reply.header("Content-Range")));
      boolean next = range.matches() && Long.parseLong(range.group(1)) == have;
      if (next && Long.parseLong(range.group(2)) != file.size()) {
        throw listed(Long.parseLong(range.group(2)));
      }
      if (!next) {
        restart(out);
        return false;
      }
    } else if (have > 0) {
      restart(out);
    }
    if (reply.status() == 200 && reply.length() >= 0 && reply.length() != file.size()) {
      throw listed(reply.length());
    }
    String validator = reply.header("ETag");
    etag = validator != null && validator.startsWith("\"") ? validator : null;
    return reply.status() != 416;
  }

  /** No byte more than is missing is kept, however many come. */
  private void copy(InputStream body, FileChannel out) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      if (read > file.size() - have) {
        restart(out);
        throw invalid("goes on after the %,d bytes that the hub lists", file.size());
      }
      write(out, ByteBuffer.wrap(piece, 0, read));
      digest.update(piece, 0, read);
      have += read;
      progress.at(have);
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) throws FileException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw FileException.writing(part, e);
    }
  }

  /** Whether the whole part is the listed file; asked once, for it ends the digest. */
  private boolean matches() {
    return HexFormat.of().formatHex(digest.digest()).equals(file.digest());
  }

  private HubException listed(long given) {
    return invalid("has %,d bytes by the hub's list, and %,d by its server", file.size(), given);
  }

  private HubException invalid(String format, Object... values) {
    String what = String.format(Locale.ROOT, format, values);
    return new HubException(
        Kind.INVALID, model + ": " + file.name() + " " + what + "; try again later");
  }
}
