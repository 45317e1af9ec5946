package io.clarinet.examples;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;

/** Plans and compiles before the first request comes, which then is as fast as the next. */
public final class Prepare {
  private static final Shape SHAPE = Shape.of(1, 3, 224, 224);

  private Prepare() {}

  public static void main(String[] arguments) {
    Model model = Model.zoo("resnet18");
    try (Session session = model.open()) {
      System.out.printf(
          "unprepared %8.1f ms, %8.1f ms%n", milliseconds(session), milliseconds(session));
    }
    try (Session session = model.open()) {
      session.prepare(SHAPE);
      Check.that(session.memory().plans() == 1, "there is a plan before the first request");

      System.out.printf(
          "prepared   %8.1f ms, %8.1f ms%n", milliseconds(session), milliseconds(session));
      Check.that(session.memory().plans() == 1, "the first request made no other");
    }
  }

  private static double milliseconds(Session session) {
    long start = System.nanoTime();
    session.run(Tensor.zeros(SHAPE));
    return (System.nanoTime() - start) * 1e-6;
  }
}
