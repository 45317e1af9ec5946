package io.clarinet.server.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in by a bearer token (RFC 6750), compared in constant time. Without one a server is
 * bound to loopback, and pages of other origins must not reach it through a browser: requests name
 * this machine as their host, and no other origin.
 */
public final class Guard {
  private static final String SCHEME = "bearer ";
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final byte @Nullable [] digest;

  private Guard(byte @Nullable [] digest) {
    this.digest = digest;
  }

  /** Lets in who knows the token. */
  public static Guard of(String token) {
    return new Guard(sha256(token));
  }

  /** Lets in whoever reaches this machine's loopback, but pages of other origins. */
  public static Guard loopback() {
    return new Guard(null);
  }

  /** Whether a token is asked for. */
  public boolean wantsToken() {
    return digest != null;
  }

  /**
   * Returns if a request may come in.
   *
   * @param headers the value of Authorization, Host and Origin, or null
   * @throws StatusException 401 or 403
   */
  public void check(UnaryOperator<@Nullable String> headers) {
    if (digest != null) {
      checkToken(digest, headers.apply("Authorization"));
    } else {
      checkHost(headers.apply("Host"));
      checkOrigin(headers.apply("Origin"));
    }
  }

  private static void checkToken(byte[] digest, @Nullable String given) {
    boolean bearer = given != null && given.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    String token = bearer && given != null ? given.substring(SCHEME.length()).strip() : "";
    if (!MessageDigest.isEqual(digest, sha256(token))) {
      throw new StatusException(
          401, "a bearer token is needed", Map.of("WWW-Authenticate", "Bearer"));
    }
  }

  private static void checkHost(@Nullable String host) {
    if (host != null
        && !HERE.contains(PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT))) {
      throw new StatusException(403, "without a token only this machine's own name is answered to");
    }
  }

  private static void checkOrigin(@Nullable String origin) {
    if (origin != null && !isHere(origin)) {
      throw new StatusException(403, "without a token no page of another origin is answered");
    }
  }

  private static boolean isHere(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && HERE.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Digests are of one length, whatever the tokens' are. */
  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
