package io.clarinet.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The words of a kind of graphs. */
record Vocabulary(List<Word> words) {

  /** Every operator. */
  static final Vocabulary ALL =
      new Vocabulary(
          Stream.of(
                  ImageWords.ALL,
                  ShapeWords.ALL,
                  ElementWords.ALL,
                  ReductionWords.ALL,
                  SamplingWords.ALL)
              .flatMap(List::stream)
              .toList());

  /** Networks for pictures, whose batch items mostly keep apart. */
  static final Vocabulary IMAGES =
      ALL.those(
          word ->
              ImageWords.ALL.contains(word)
                  || List.of("activation", "arithmetic", "arithmetic of two", "view", "softmax")
                      .contains(word.name()));

  /** Operators that only move elements, between a few that compute. */
  static final Vocabulary VIEWS =
      ALL.those(
          word ->
              ShapeWords.ALL.contains(word)
                  || List.of("convolution", "global pooling", "branches", "arithmetic", "dense")
                      .contains(word.name()));

  Vocabulary {
    words = List.copyOf(words);
  }

  Vocabulary those(Predicate<Word> kept) {
    return new Vocabulary(words.stream().filter(kept).toList());
  }

  /** A word, by the words' weights. */
  Word draw(Chance chance) {
    List<Word> weighted = new ArrayList<>();
    words.forEach(word -> Collections.nCopies(word.weight(), word).forEach(weighted::add));
    return chance.of(weighted);
  }
}
