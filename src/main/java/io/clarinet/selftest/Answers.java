package io.clarinet.selftest;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The lines in which a child answers. Drivers print on standard output as they like, so an answer
 * is the rest of a line after a mark.
 */
final class Answers {
  /** The mark, which no driver prints. */
  static final String MARK = "\u0002clarinet\u0003";

  /** Said once, when the device has been found. */
  static final String READY = "ready";

  /** Said when the compiler has been loaded. */
  static final String LOADED = "loaded";

  private static final String RAN = "ran";
  private static final String REJECTED = "rejected";
  private static final String FAILED = "failed";

  private Answers() {}

  /** An outcome as the words of a line. */
  static String line(Outcome outcome) {
    List<String> words = new ArrayList<>();
    if (outcome instanceof Outcome.Ran ran) {
      words.add(RAN);
      ran.arenas().forEach(arena -> words.add(encoded(bytes(arena))));
    } else if (outcome instanceof Outcome.Rejected rejected) {
      words.addAll(List.of(REJECTED, encoded(rejected.kernel()), encoded(rejected.reason())));
    } else if (outcome instanceof Outcome.Failed failed) {
      words.addAll(List.of(FAILED, encoded(failed.reason())));
    }
    return String.join(" ", words);
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer from = tensor.bytes();
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return "=" + Base64.getEncoder().encodeToString(bytes);
  }

  /** The outcome that a line tells; empty if it is none. */
  static Optional<Outcome> outcome(String line) {
    String[] words = line.split(" ");
    try {
      return switch (words[0]) {
        case RAN -> Optional.of(new Outcome.Ran(arenas(words)));
        case REJECTED -> Optional.of(new Outcome.Rejected(text(words[1]), text(words[2])));
        case FAILED -> Optional.of(new Outcome.Failed(text(words[1])));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static List<Tensor> arenas(String[] words) {
    List<Tensor> arenas = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      byte[] bytes = decoded(words[i]);
      arenas.add(
          Tensor.wrap(
              ElementType.FLOAT32,
              Shape.of(bytes.length / Float.BYTES),
              ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder())));
    }
    return arenas;
  }

  private static String text(String word) {
    return new String(decoded(word), StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String word) {
    return Base64.getDecoder().decode(word.substring(1));
  }
}
