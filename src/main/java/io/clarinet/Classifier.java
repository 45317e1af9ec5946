package io.clarinet;

import io.clarinet.graph.Input;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Names what is in pictures: a session with the preprocessing and the labels of its model. */
public final class Classifier {
  private static final Set<Integer> COLOURS = Set.of(1, 3);
  private final Session session;
  private final Preprocess preprocess;
  private final Labels labels;
  private final int height;
  private final int width;
  private final int batch;
  private final boolean channelsLast;

  /**
   * @param session of a model with one picture input, NCHW or NHWC, and scores per class as its
   *     output
   * @throws IllegalArgumentException if the model does not take pictures
   */
  public Classifier(Session session, Preprocess preprocess, Labels labels) {
    List<Integer> dims = pictureInput(session).dims();
    this.batch = dims.get(0);
    this.session = session;
    this.preprocess = preprocess;
    this.labels = labels;
    this.channelsLast = isChannelsLast(dims);
    this.height = side(dims.get(channelsLast ? 1 : 2));
    this.width = side(dims.get(channelsLast ? 2 : 3));
  }

  /** Whether a picture's colours, by their number, can only be the last axis. */
  private static boolean isChannelsLast(List<Integer> dims) {
    return COLOURS.contains(dims.get(3)) && !COLOURS.contains(dims.get(1));
  }

  private int side(int extent) {
    return extent == Input.UNKNOWN ? preprocess.crop() : extent;
  }

  private static Input pictureInput(Session session) {
    if (session.inputs().size() != 1 || session.inputs().get(0).dims().size() != 4) {
      throw new IllegalArgumentException(
          "a classifier takes one batch of pictures; this model's inputs are " + session.inputs());
    }
    return session.inputs().get(0);
  }

  /**
   * A classifier with the preprocessing and labels that the model itself names, else ImageNet's.
   */
  public static Classifier of(Model model, Session session) {
    return new Classifier(session, preprocessOf(model), labelsOf(model));
  }

  /**
   * The preprocessing that a model's metadata name or describe (mean, std, size, crop_pct, as
   * exporters write them); torchvision's if they do not.
   */
  public static Preprocess preprocessOf(Model model) {
    return new Declared(model.metadata()).preprocess().orElse(Preprocess.TORCH);
  }

  /**
   * The labels that a model carries in its metadata, in any usual form; if it carries none,
   * CIFAR-10's for the zoo's networks of that, else ImageNet's.
   */
  public static Labels labelsOf(Model model) {
    boolean cifar = model.metadata().getOrDefault("architecture", "").startsWith("cifar_");
    return new Declared(model.metadata())
        .labels()
        .orElseGet(() -> cifar ? Labels.cifar10() : Labels.imageNet());
  }

  /** The classes of one picture, the most probable first. */
  public List<Prediction> classify(Picture picture, int top) {
    return classify(List.of(picture), top).get(0);
  }

  /**
   * The classes of each picture, the most probable first. All pictures run as one batch, unless the
   * model fixes the batch size.
   */
  public List<List<Prediction>> classify(List<Picture> pictures, int top) {
    if (batch == Input.UNKNOWN) {
      return classifyAtOnce(pictures, top);
    }
    List<List<Prediction>> answers = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += batch) {
      List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + batch));
      answers.addAll(classifyAtOnce(filled(some), top).subList(0, some.size()));
    }
    return answers;
  }

  /** As many pictures as the model wants, the last one repeated. */
  private List<Picture> filled(List<Picture> some) {
    List<Picture> filled = new ArrayList<>(some);
    while (filled.size() < batch) {
      filled.add(some.get(some.size() - 1));
    }
    return filled;
  }

  private Tensor input(List<Picture> pictures) {
    Tensor planes = preprocess.apply(pictures, height, width);
    return channelsLast ? interleaved(planes) : planes;
  }

  private static Tensor interleaved(Tensor planes) {
    Shape from = planes.shape();
    Tensor pixels = Tensor.zeros(Shape.of(from.n(), from.h(), from.w(), from.c()));
    FloatBuffer in = planes.floats();
    FloatBuffer out = pixels.floats();
    int plane = from.h() * from.w();
    for (int n = 0; n < from.n(); n++) {
      for (int i = 0; i < plane; i++) {
        for (int c = 0; c < from.c(); c++) {
          out.put(in.get((n * from.c() + c) * plane + i));
        }
      }
    }
    return pixels;
  }

  private List<List<Prediction>> classifyAtOnce(List<Picture> pictures, int top) {
    Tensor scores = session.run(input(pictures));
    Shape shape = scores.shape();
    int classes = Math.toIntExact(shape.size() / shape.n());
    FloatBuffer values = scores.floats();
    List<List<Prediction>> answers = new ArrayList<>();
    for (int n = 0; n < pictures.size(); n++) {
      float[] row = new float[classes];
      values.get(n * classes, row);
      answers.add(best(probabilities(row), top));
    }
    return answers;
  }

  private List<Prediction> best(float[] probabilities, int top) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(top)
        .map(i -> new Prediction(i, label(i, probabilities.length), probabilities[i]))
        .toList();
  }

  private String label(int index, int classes) {
    return labels.size() == classes ? labels.name(index) : "class " + index;
  }

  /** The scores themselves where they are probabilities already, else their softmax. */
  private static float[] probabilities(float[] scores) {
    double sum = 0;
    boolean negative = false;
    double max = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      sum += score;
      negative |= score < 0;
      max = Math.max(max, score);
    }
    if (!negative && Math.abs(sum - 1) < 1e-3) {
      return scores;
    }
    double total = 0;
    double[] powers = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      powers[i] = Math.exp(scores[i] - max);
      total += powers[i];
    }
    float[] probabilities = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = (float) (powers[i] / total);
    }
    return probabilities;
  }
}
