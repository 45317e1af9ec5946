package io.clarinet;

import io.clarinet.classify.ClassifierException;
import io.clarinet.classify.Head;
import io.clarinet.classify.HeadReader;
import io.clarinet.classify.ModelMetadata;
import io.clarinet.classify.PictureInput;
import io.clarinet.classify.PooledHead;
import io.clarinet.classify.Preparation;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.pass.SelectOutputs;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A classifier of pictures: a session with the preprocessing and the labels of its model. */
public final class Classifier {
  private final Session session;
  private final Preprocess preprocess;
  private final PictureInput input;
  private final Head head;
  private final Labels labels;

  /** The features behind the scores, where the model gives both; else null. */
  private final @Nullable PooledHead pooled;

  /** Pictures that run at once; {@link Input#UNKNOWN} for any number. */
  private final int batch;

  /** The assumption about the pictures; empty if there is none. */
  private final String preparation;

  /**
   * @param session of a model with one picture input, NCHW or NHWC, and one output, scores per
   *     class; {@link Model#withOutputs} chooses it where a model has several, and {@link
   *     Model#withFeatures} adds what {@link #heatMap} needs
   * @param labels a name for each of the {@link Head#classes} that the model tells apart
   * @throws ClassifierException if the model does not take pictures, has several outputs, or its
   *     output is no scores of classes; the message says what the model is
   * @throws IllegalArgumentException if there are more or fewer labels than classes, or the model
   *     takes integers that the preprocessing does not make
   */
  public Classifier(Session session, Preprocess preprocess, Labels labels) {
    this(session, new Preparation(preprocess, ""), head -> sized(labels, head.classes()));
  }

  private Classifier(Session session, Preparation preparation, Function<Head, Labels> names) {
    Graph graph = session.graph();
    this.session = session;
    this.preprocess = preparation.preprocess();
    this.preparation = preparation.assumption();
    this.input = PictureInput.of(graph, preprocess);
    List<Integer> dims = input.dims();
    this.pooled = PooledHead.beside(graph, dims).orElse(null);
    HeadReader.Reading reading = HeadReader.read(pooled == null ? graph : scoring(graph), dims);
    this.batch = dims.get(0) == Input.UNKNOWN && !reading.rows() ? 1 : dims.get(0);
    this.head = reading.head();
    this.labels = names.apply(head);
  }

  private static Graph scoring(Graph graph) {
    return SelectOutputs.apply(graph, graph.outputs().subList(0, 1));
  }

  private static Labels sized(Labels labels, int classes) {
    if (labels.size() != classes) {
      throw new IllegalArgumentException(
          "%d labels for the %d classes that the model tells apart"
              .formatted(labels.size(), classes));
    }
    return labels;
  }

  /**
   * A classifier with the preprocessing and labels that the model itself names; else with those of
   * the published networks that it is one of, or that are most usual, which {@link #assumptions}
   * tells.
   *
   * @throws ClassifierException as the constructor
   * @throws IllegalArgumentException if the model names more or fewer labels than it tells classes
   *     apart
   */
  public static Classifier of(Model model, Session session) {
    return of(model, session, Preparation.of(model.graph()));
  }

  /** A classifier as by {@link #of(Model, Session)}, with another preprocessing. */
  public static Classifier of(Model model, Session session, Preprocess preprocess) {
    return of(model, session, new Preparation(preprocess, ""));
  }

  /** As {@link #of(Model, Session)}, with other names of the classes than the model's. */
  public static Classifier of(Model model, Session session, Labels labels) {
    return new Classifier(
        session, Preparation.of(model.graph()), head -> sized(labels, head.classes()));
  }

  private static Classifier of(Model model, Session session, Preparation preparation) {
    Optional<Labels> own = new ModelMetadata(model.metadata()).labels();
    return new Classifier(
        session,
        preparation,
        head ->
            own.map(labels -> ofItself(labels, head.classes(), model))
                .orElseGet(() -> usual(model, head.classes())));
  }

  private static Labels ofItself(Labels own, int classes, Model model) {
    Labels labels = withBackground(own, classes);
    if (labels.size() != classes) {
      throw new IllegalArgumentException(
          "%s names %d labels and tells %d classes apart; name them with --labels"
              .formatted(model.name(), labels.size(), classes));
    }
    return labels;
  }

  /** The labels of a model that names none; its classes are only numbered if these do not fit. */
  private static Labels usual(Model model, int classes) {
    Labels known = withBackground(usual(model), classes);
    return known.size() == classes ? known : Labels.numbered(classes);
  }

  private static Labels usual(Model model) {
    boolean cifar = model.metadata().getOrDefault("architecture", "").startsWith("cifar_");
    return cifar ? Labels.cifar10() : Labels.imageNet();
  }

  /** Some networks tell ImageNet's classes and one more apart, the first. */
  private static Labels withBackground(Labels labels, int classes) {
    return classes == labels.size() + 1 && labels.equals(Labels.imageNet())
        ? labels.after("background")
        : labels;
  }

  /**
   * The preprocessing that a model's metadata name or describe (mean, std, size, crop_pct, as
   * exporters write them); if they do not, that of the published networks that the model is one of,
   * by its layers and their names; torchvision's for all others.
   */
  public static Preprocess preprocessOf(Model model) {
    return Preparation.of(model.graph()).preprocess();
  }

  /**
   * The labels that a model carries in its metadata, in any usual form; if it carries none,
   * CIFAR-10's for the zoo's networks of that, else ImageNet's.
   */
  public static Labels labelsOf(Model model) {
    return new ModelMetadata(model.metadata()).labels().orElseGet(() -> usual(model));
  }

  /** The classes of one picture, the most probable first. */
  public List<Prediction> classify(Picture picture, int top) {
    return classify(List.of(picture), top).get(0);
  }

  /**
   * The classes of each picture, the most probable first. All pictures run as one batch, unless the
   * model fixes the batch size.
   *
   * @throws ClassifierException if the model makes no probabilities of one of them
   */
  public List<List<Prediction>> classify(List<Picture> pictures, int top) {
    if (batch == Input.UNKNOWN && !pictures.isEmpty()) {
      return classifyAtOnce(pictures, top);
    }
    List<List<Prediction>> answers = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += batch) {
      List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + batch));
      answers.addAll(classifyAtOnce(filled(some), top).subList(0, some.size()));
    }
    return answers;
  }

  /** The pictures, the last one repeated up to the model's batch size. */
  private List<Picture> filled(List<Picture> some) {
    List<Picture> filled = new ArrayList<>(some);
    while (filled.size() < batch) {
      filled.add(some.get(some.size() - 1));
    }
    return filled;
  }

  /**
   * Pictures as the model's input takes them, one after the other: for callers who run the model
   * themselves, by a {@link Batcher} or {@link Session#runAsync}.
   */
  public Tensor input(List<Picture> pictures) {
    return input.of(pictures);
  }

  /** The pictures of a batch where so many are wanted: the model may fix another number. */
  public int batch(int wanted) {
    return batch == Input.UNKNOWN ? wanted : batch;
  }

  private List<List<Prediction>> classifyAtOnce(List<Picture> pictures, int top) {
    return predictions(session.run(input(pictures)), pictures.size(), top);
  }

  /**
   * The classes that the model's output stands for, the most probable first.
   *
   * @param scores the output for {@link #input}
   * @param pictures at the output's beginning
   * @param top classes of each
   * @throws ClassifierException if they are no probabilities
   */
  public List<List<Prediction>> predictions(Tensor scores, int pictures, int top) {
    FloatBuffer values = scores.as(ElementType.FLOAT32).floats();
    return IntStream.range(0, pictures).mapToObj(n -> best(probabilities(values, n), top)).toList();
  }

  private float[] probabilities(FloatBuffer scores, int item) {
    float[] row = new float[head.scores()];
    scores.get(item * row.length, row);
    return head.probabilities(row);
  }

  /** The evidence for a picture's most probable class, as {@link #heatMap(Picture, int)}. */
  public HeatMap heatMap(Picture picture) {
    return heatMap(picture, probabilities -> best(probabilities, 1).get(0).index());
  }

  /**
   * The evidence for a class, place by place: its class activation map (arXiv 1512.04150).
   *
   * @param index of the class
   * @throws ClassifierException if the session is not of a {@link Model#withFeatures}, or the model
   *     makes no probabilities of the picture
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public HeatMap heatMap(Picture picture, int index) {
    Objects.checkIndex(index, head.classes());
    return heatMap(picture, probabilities -> index);
  }

  private HeatMap heatMap(Picture picture, ToIntFunction<float[]> wanted) {
    if (pooled == null) {
      throw ClassifierException.noHeatMap(
          "a heat map needs the features behind the scores; open Model.withFeatures()");
    }
    List<Picture> pictures = batch == Input.UNKNOWN ? List.of(picture) : filled(List.of(picture));
    List<Tensor> outputs = session.run(List.of(input(pictures)));
    float[] probabilities = probabilities(outputs.get(0).as(ElementType.FLOAT32).floats(), 0);
    int index = wanted.applyAsInt(probabilities);
    return new HeatMap(
        new Prediction(index, labels.name(index), probabilities[index]),
        pooled.map(outputs.get(1), index),
        pooled.bias(index),
        picture,
        preprocess.area(picture, input.height(), input.width()));
  }

  private List<Prediction> best(float[] probabilities, int top) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(top)
        .map(i -> new Prediction(i, labels.name(i), probabilities[i]))
        .toList();
  }

  /** The names of the classes. */
  public Labels labels() {
    return labels;
  }

  /** The preprocessing of pictures. */
  public Preprocess preprocess() {
    return preprocess;
  }

  /** The meaning of the model's scores. */
  public Head head() {
    return head;
  }

  /**
   * The assumptions made where the model leaves a choice open, a line each with its remedy; empty
   * if there are none.
   */
  public List<String> assumptions() {
    List<String> lines = new ArrayList<>(List.of(head.assumption(), preparation));
    lines.removeIf(String::isEmpty);
    if (labels.equals(Labels.numbered(head.classes()))) {
      lines.add("nothing names its %d classes; --labels does".formatted(head.classes()));
    }
    return lines;
  }
}
