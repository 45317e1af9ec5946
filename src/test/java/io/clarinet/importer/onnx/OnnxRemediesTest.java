package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxRemediesTest {

  /** An operator that a row names and that is read by now would be told something wrong. */
  @ParameterizedTest
  @CsvSource({
    "opset 3, convert_version",
    "com.microsoft.NhwcMaxPool, ORT_ENABLE_BASIC",
    "ai.onnx.ml.ZipMap, zipmap=False",
    "ai.onnx.preview.training.Adam, model.eval()",
    "SoftmaxCrossEntropyLoss, model.eval()",
    "RandomUniformLike, model.eval()",
    "org.pytorch.aten.ATen, opset_version",
    "aten.index_put, opset_version",
    "my.own.Operator, inline_local_functions",
    "Loop, onnxsim",
    "'If with a condition that values decide, not sizes', onnxsim",
    "SequenceAt, onnxsim",
    "SplitToSequence, onnxsim",
    "NonMaxSuppression, extract_model",
    "LSTM, extract_model",
    "QLinearConv, QDQ",
    "ConvInteger, QDQ",
    "DynamicQuantizeLinear, QDQ",
    "StringNormalizer, in Java",
    "STFT, in Java",
    "element type FLOAT8E4M3FN, model.float()",
    "Add with element type FLOAT8E5M2, model.float()",
    "element type STRING, in float32",
    "BatchNormalization with statistics per pixel (spatial = 0), onnxsim",
    "a tensor of unknown rank, onnxsim",
    "ReverseSequence, folds it away"
  })
  void eachKindHasItsOwn(String what, String remedy) {
    assertThat(OnnxRemedies.of(what)).contains(remedy);
    assertThat(OnnxOperators.ALL.translator(what)).as(what + " is read").isNull();
  }

  @Test
  void operatorsThatAreReadHaveOnlyWhatHoldsForAny() {
    String any = OnnxRemedies.of("no such operator");
    for (String name :
        new String[] {"Conv", "Gemm", "Resize", "Softmax", "Unsqueeze", "Identity"}) {
      assertThat(OnnxOperators.ALL.translator(name)).as(name).isNotNull();
      assertThat(OnnxRemedies.of(name)).isEqualTo(any);
    }
  }

  /** A damaged file may name anything. */
  @Test
  void aNameOfSeveralLinesHasOneToo() {
    String any = OnnxRemedies.of("no such operator");
    assertThat(OnnxRemedies.of("Con\nv")).isEqualTo(any);
    assertThat(OnnxRemedies.of("\u2028\r\n")).isEqualTo(any);
  }
}
