package io.clarinet;

import io.clarinet.graph.Input;
import io.clarinet.image.Preprocess;
import java.util.List;
import java.util.Optional;

/**
 * How a model's pictures are prepared, and how that is known.
 *
 * @param assumption what was assumed, in one line; empty where the model says it itself
 */
record Preparation(Preprocess preprocess, String assumption) {
  private static final String ADVICE =
      "; --preprocess says otherwise, and `convert --preprocess` writes it into the file";

  /** The largest side of a small picture. */
  private static final int SMALL = 64;

  /** By what the model declares, else by what it does itself, is known as, or is most often. */
  static Preparation of(Model model) {
    return new Declared(model.metadata())
        .preprocess()
        .map(declared -> new Preparation(declared, ""))
        .or(() -> ofItself(model))
        .or(() -> ofLineage(model))
        .orElseGet(() -> usual(model));
  }

  private static Optional<Preparation> ofItself(Model model) {
    return model.inputs().size() != 1
        ? Optional.empty()
        : OwnScaling.of(model.graph())
            .map(
                rest ->
                    new Preparation(
                        rest,
                        "it scales pictures itself, so it was given \"" + rest + "\"" + ADVICE));
  }

  private static Optional<Preparation> ofLineage(Model model) {
    return Lineage.of(model.graph())
        .map(
            known -> {
              String text = known.preprocess() + (needsAll(known, model) ? ",resize=exact" : "");
              return new Preparation(
                  Preprocess.parse(text),
                  "by its layers it is %s, so pictures were prepared by \"%s\"%s"
                      .formatted(known.title(), text, ADVICE));
            });
  }

  /** Networks for small pictures, CIFAR's above all, see all of them. */
  private static boolean needsAll(Lineage known, Model model) {
    return !known.preprocess().contains("resize")
        && model.inputs().size() == 1
        && model.inputs().get(0).dims().size() == 4
        && model.inputs().get(0).dims().subList(1, 4).stream()
            .noneMatch(d -> d == Input.UNKNOWN || d > SMALL);
  }

  private static Preparation usual(Model model) {
    Preprocess usual =
        isGrey(model) ? Preprocess.parse("none,order=grey,range=1") : Preprocess.TORCH;
    return new Preparation(
        usual,
        "nothing tells how its pictures are prepared, and \"%s\" was assumed%s"
            .formatted(usual, ADVICE));
  }

  private static boolean isGrey(Model model) {
    if (model.inputs().size() != 1 || model.inputs().get(0).dims().size() != 4) {
      return false;
    }
    List<Integer> dims = model.inputs().get(0).dims();
    return dims.get(1) == 1
        || (dims.get(3) == 1 && dims.get(1) != 3 && dims.get(1) != Input.UNKNOWN);
  }
}
