package io.clarinet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convert}: any model as an ONNX file. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    header = "Writes any model as ONNX.",
    description =
        "%nA network of the zoo has seeded random weights, unless a file brings " + "trained ones.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet convert net.h5 --preprocess tf --labels names.txt --to net.onnx",
      "  clarinet convert weights.pth --arch resnet18:10 --to net.onnx"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = Words.Models.class,
      description = "a model file, a name of the zoo, or hf:OWNER/NAME of a hub")
  String model = "";

  @Option(names = "--to", required = true, paramLabel = "FILE.onnx", description = "the new file")
  @Nullable Path to;

  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path file = Objects.requireNonNull(to);
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Only ONNX is written: the name after --to ends in .onnx, unlike '" + file + "'.");
    }
    pictures.described(modelOptions.load(model, console)).writeOnnx(file);
    if (common.json) {
      console.json(Map.of("file", file.toString(), "bytes", Files.size(file)));
    } else {
      console.text().printf("%s: %,d bytes%n", file, Files.size(file));
    }
    return 0;
  }
}
