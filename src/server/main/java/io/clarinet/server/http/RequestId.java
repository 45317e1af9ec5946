package io.clarinet.server.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What log lines and the answer call a request. */
public final class RequestId {
  /** The header that brings a client's own, in any case. */
  public static final String HEADER = "X-Request-Id";

  private static final String SOUND = "[!-~]{1,128}";

  private RequestId() {}

  /** The client's, where it is of visible characters and not long; else a new one. */
  public static String of(@Nullable String given) {
    return given != null && given.matches(SOUND) ? given : UUID.randomUUID().toString();
  }
}
