package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.TensorFile;
import io.clarinet.file.OneLine;
import io.clarinet.file.RegularFile;
import io.clarinet.graph.Input;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: tensors in, tensors out. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Runs a model on tensors from files.",
    description =
        "%nEvery output is written as an .npy file, in the model's type; bfloat16, which NumPy has"
            + " not, as float32. Floating-point inputs are rounded to the model's type.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet run model.onnx --input x.npy --output out",
      "  clarinet run model.onnx --input ids=i.npy --input mask=m.npy --output out",
      "  clarinet run model.onnx --input x.npy --output out --output-value probabilities"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = Words.Models.class,
      description = "a model file, a name of the zoo, or hf:OWNER/NAME of a hub")
  String model = "";

  @Option(
      names = "--input",
      required = true,
      paramLabel = "[NAME=]FILE",
      completionCandidates = Words.Files.class,
      description = "a tensor as .npy or ONNX TensorProto .pb; in declared order where unnamed")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description =
          "folder for one .npy per output, named after it (what no file name may hold as %%2F)")
  @Nullable Path output;

  @Option(
      names = "--output-value",
      paramLabel = "NAME",
      description =
          "a value of the model to end at, in place of its outputs, such as the scores before a"
              + " LabelEncoder or ZipMap; may come several times")
  List<String> values = List.of();

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    modelOptions.outputs = values;
    Model loaded = modelOptions.load(model, console);
    Map<String, Tensor> tensors = read(loaded);
    try (Session session = loaded.open(common.device(), precision.session())) {
      Map<String, Tensor> results = session.run(tensors);
      print(loaded, session, write(results));
    }
    return 0;
  }

  private Map<String, Tensor> read(Model loaded) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> names = loaded.inputs().stream().map(Input::name).toList();
    for (String argument : inputs) {
      int equals = argument.indexOf('=');
      boolean named = equals > 0 && names.contains(argument.substring(0, equals));
      if (!named && equals > 0 && !RegularFile.exists(argument)) {
        throw usage(
            "The model has no input '%s'; its inputs are %s."
                .formatted(argument.substring(0, equals), loaded.inputs()));
      }
      String name = named ? argument.substring(0, equals) : nextFree(loaded, tensors);
      Path file = Path.of(named ? argument.substring(equals + 1) : argument);
      tensors.put(name, rounded(TensorFile.read(file), loaded.inputs().get(names.indexOf(name))));
    }
    for (Input input : loaded.inputs()) {
      if (!tensors.containsKey(input.name())) {
        throw usage("The model's input %s is missing.".formatted(input));
      }
    }
    return tensors;
  }

  /** The tensor, its numbers rounded where the input's are floating-point too, of another type. */
  private static Tensor rounded(Tensor tensor, Input input) {
    boolean real = tensor.type().isFloatingPoint() && input.type().isFloatingPoint();
    return real ? tensor.as(input.type()) : tensor;
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private String nextFree(Model loaded, Map<String, Tensor> taken) {
    return loaded.inputs().stream()
        .map(Input::name)
        .filter(n -> !taken.containsKey(n))
        .findFirst()
        .orElseThrow(
            () -> usage("More inputs than the model has; they are %s.".formatted(loaded.inputs())));
  }

  private Map<String, Path> write(Map<String, Tensor> results) throws IOException {
    Path folder = Files.createDirectories(Objects.requireNonNull(output));
    Map<String, Path> files = new LinkedHashMap<>();
    OutputNames names = new OutputNames();
    for (Map.Entry<String, Tensor> result : results.entrySet()) {
      Path file = folder.resolve(names.fileName(result.getKey()) + ".npy");
      TensorFile.write(file, result.getValue());
      files.put(result.getKey(), file);
    }
    return files;
  }

  private void print(Model loaded, Session session, Map<String, Path> files) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("model", loaded.name());
      document.put("device", session.device().toString());
      Map<String, String> outputs = new LinkedHashMap<>();
      files.forEach((name, file) -> outputs.put(name, file.toString()));
      document.put("outputs", outputs);
      console.json(document);
    } else {
      files.forEach((name, file) -> console.text().println(OneLine.of(name) + ": " + file));
    }
  }
}
