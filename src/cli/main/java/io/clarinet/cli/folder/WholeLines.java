package io.clarinet.cli.folder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The whole lines of a stream, one after the other; what follows the last line's end is none. */
public final class WholeLines {
  private final InputStream in;
  private final boolean quoting;
  private long end;

  /**
   * @param in buffered
   * @param quoting whether a line may go on over a line's end that stands between quotes
   */
  public WholeLines(InputStream in, boolean quoting) {
    this.in = in;
    this.quoting = quoting;
  }

  /** The next line with its end, or null if there is none. */
  public @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean quoted = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      quoted ^= quoting && b == '"';
      if (b == '\n' && !quoted) {
        end += line.size();
        return line.toString(StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /** Bytes up to the end of the last line. */
  long end() {
    return end;
  }
}
