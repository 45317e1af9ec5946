package io.clarinet.importer.keras;

import java.util.Set;

/** What to do about layers that are not supported. */
final class KerasRemedies {
  /** What holds for any layer. */
  static final String ANY = "leave it out of the model that you save, or convert the model to ONNX";

  private static final Set<String> RECURRENT =
      Set.of(
          "RNN",
          "SimpleRNN",
          "GRU",
          "LSTM",
          "Bidirectional",
          "ConvLSTM1D",
          "ConvLSTM2D",
          "ConvLSTM3D",
          "CuDNNGRU",
          "CuDNNLSTM");

  private KerasRemedies() {}

  /** The remedy for a kind of layer. */
  static String of(String kind) {
    if (kind.equals("Lambda")) {
      return "its Python code is not in the file: write it with layers that Keras has, or convert"
          + " the model to ONNX";
    }
    return RECURRENT.contains(kind)
        ? "it is recurrent, and Clarinet runs convolutional networks: save the layers before it as"
            + " a model of their own"
        : ANY;
  }
}
