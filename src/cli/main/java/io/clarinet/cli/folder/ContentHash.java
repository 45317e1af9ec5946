package io.clarinet.cli.folder;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Splat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The first half of a SHA-256, of what a run's answers depend on. */
public final class ContentHash {
  private static final int BYTES = 16;
  private static final byte[] END = {0};
  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of texts and their order. */
  public static String of(List<String> texts) {
    ContentHash hash = new ContentHash();
    texts.forEach(hash::add);
    return hash.hex();
  }

  /** Of a network: its nodes, and the bytes of its weights. */
  public static String of(Graph graph) {
    ContentHash hash = new ContentHash();
    hash.add(graph.inputs() + " " + graph.outputs() + " " + graph.nodes());
    graph.constants().forEach(hash::add);
    return hash.hex();
  }

  private void add(String name, Constant value) {
    add(name);
    if (value instanceof Splat splat) {
      add(splat.toString());
    } else {
      digest.update(value.tensor().bytes());
    }
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update(END);
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
