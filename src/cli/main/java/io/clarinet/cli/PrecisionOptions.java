package io.clarinet.cli;

import io.clarinet.SessionOptions;
import picocli.CommandLine.Option;

/** Options that trade precision for speed. */
final class PrecisionOptions {
  @Option(
      names = "--weights",
      paramLabel = "fp32|fp16",
      description =
          "fp16 stores weights of dense layers in half precision, arithmetic stays fp32; `verify"
              + " --weights fp16` shows the error (default: fp32)")
  SessionOptions.Weights weights = SessionOptions.Weights.FP32;

  SessionOptions session() {
    return SessionOptions.EXACT.withWeights(weights);
  }

  boolean isHalf() {
    return weights == SessionOptions.Weights.FP16;
  }
}
