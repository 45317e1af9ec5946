package io.clarinet.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A file of a repository, as the hub lists it.
 *
 * @param name its path in the repository
 * @param size its bytes
 * @param digest the SHA-256 of a large file, git's SHA-1 of a small one; its name in the cache
 */
public record HubFile(String name, long size, String digest) {
  private static final int SHA256_DIGITS = 64;

  /** Name of the digest's kind. */
  public String algorithm() {
    return digest.length() == SHA256_DIGITS ? "sha256" : "git-sha1";
  }

  /** A digest to feed the file's bytes. */
  MessageDigest begun() {
    try {
      if (digest.length() == SHA256_DIGITS) {
        return MessageDigest.getInstance("SHA-256");
      }
      MessageDigest git = MessageDigest.getInstance("SHA-1");
      git.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return git;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1 and SHA-256", e);
    }
  }
}
