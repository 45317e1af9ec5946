package io.clarinet.importer.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What to do about parts of a model that are not supported: the first row that fits. */
final class OnnxRemedies {
  private static final String CUT =
      "end the model before it (Python: onnx.utils.extract_model) and do the rest in Java";

  private static final String SIMPLIFY =
      "fix the sizes of the inputs and fold what follows from them: onnxsim IN.onnx OUT.onnx"
          + " --overwrite-input-shape NAME:1,3,224,224";

  private static final Map<Pattern, String> TABLE = table();

  private OnnxRemedies() {}

  private static Map<Pattern, String> table() {
    Map<Pattern, String> table = new LinkedHashMap<>();
    row(
        table,
        "convert it in Python, onnx.version_converter.convert_version(model, 17), or export it with"
            + " that opset",
        "opset .*");
    row(
        table,
        "it is ONNX Runtime's own, written by its optimiser or quantiser: take the model as it was"
            + " before, or optimise only to ORT_ENABLE_BASIC, and quantise to QDQ",
        "com\\.microsoft\\..*",
        "com\\.ms\\..*");
    row(
        table,
        "it is of classical machine learning, not of a network: "
            + CUT
            + " (scikit-learn's ZipMap"
            + " goes with the option zipmap=False)",
        "ai\\.onnx\\.ml\\..*");
    row(
        table,
        "it is of training: export the model for inference, in PyTorch after model.eval()",
        "ai\\.onnx\\.(preview\\.)?training\\..*",
        ".*Loss",
        "Bernoulli.*",
        "Multinomial.*",
        "Random(Normal|Uniform).*");
    row(
        table,
        "PyTorch knew no ONNX operator for it: export again with a newer opset_version",
        "(org\\.pytorch\\.)?_?(aten|prim)s?\\..*",
        "ATen.*");
    row(
        table,
        "it is of another operator set than ONNX's: where the file defines it as a function, inline"
            + " it (Python: onnx.inliner.inline_local_functions); else write it with ONNX's"
            + " operators, or "
            + CUT,
        "[^ ]*\\..*");
    row(
        table,
        "a condition must follow from sizes or constants; where it does, " + SIMPLIFY,
        "If with .*");
    row(
        table,
        "control flow is not supported; where only sizes decide it, " + SIMPLIFY,
        "Loop",
        "Scan",
        "Sequence.*",
        ".*(To|From)Sequence",
        "Optional.*");
    row(
        table,
        "it is of a detector's end, and the size of its result depends on values: " + CUT,
        "NonMaxSuppression",
        "NonZero",
        "Unique",
        "Compress");
    row(
        table,
        "it is recurrent, and Clarinet runs convolutional networks: " + CUT,
        "RNN",
        "GRU",
        "LSTM");
    row(
        table,
        "quantise in the QDQ format instead (onnxruntime.quantization: quantize_static with"
            + " QuantFormat.QDQ), or take the float32 model",
        "QLinear.*",
        "ConvInteger",
        "MatMulInteger",
        "DynamicQuantizeLinear");
    row(
        table,
        "it prepares text, sound or files: prepare these in Java, and begin the model after it"
            + " (Python: onnx.utils.extract_model)",
        "String.*",
        "Regex.*",
        "TfIdfVectorizer",
        "ImageDecoder",
        "STFT",
        "DFT",
        "MelWeightMatrix");
    row(
        table,
        "Clarinet computes in float32: export the model in float32, in PyTorch after model.float()",
        ".*element type (FLOAT|BFLOAT|DOUBLE|COMPLEX).*");
    row(table, "there is no such element type: export the model in float32", ".*element type .*");
    row(
        table,
        "another form of it is supported, which is often left if you " + SIMPLIFY,
        ".* with .*");
    row(table, SIMPLIFY, "a tensor of unknown rank");
    row(
        table,
        "where its inputs are constant, onnxsim IN.onnx OUT.onnx folds it away; else " + CUT,
        ".*");
    return table;
  }

  private static void row(Map<Pattern, String> table, String remedy, String... parts) {
    List.of(parts).forEach(part -> table.put(Pattern.compile(part, Pattern.DOTALL), remedy));
  }

  /** The remedy for an operator, a form of one, an element type or an opset. */
  static String of(String what) {
    return TABLE.entrySet().stream()
        .filter(row -> row.getKey().matcher(what).matches())
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow();
  }
}
