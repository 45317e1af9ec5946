package io.clarinet.classify;

/** A model that is no classifier of pictures, or an answer that is none; the message says why. */
public final class ClassifierException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Kinds of faults, for callers that answer each in their own way. */
  public enum Kind {
    /** The model takes no pictures, or its output is no scores of classes. */
    NO_CLASSIFIER,
    /** A score for a picture that gives no probability, such as NaN. */
    NO_PROBABILITY,
    /** The model's scores are not made of features averaged over their plane. */
    NO_HEAT_MAP
  }

  private final Kind kind;

  ClassifierException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The model is no classifier of pictures. */
  public static ClassifierException noClassifier(String message) {
    return new ClassifierException(Kind.NO_CLASSIFIER, message);
  }

  /** The model has no class activation maps. */
  public static ClassifierException noHeatMap(String message) {
    return new ClassifierException(Kind.NO_HEAT_MAP, message);
  }

  /** The kind of fault. */
  public Kind kind() {
    return kind;
  }
}
