package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CompletionTest {
  @TempDir Path folder;
  private final CommandContract command = new CommandContract();

  private static String script(String shell) {
    Completion completion = Completion.of(HelpTest.commandLine());
    return switch (shell) {
      case "bash" -> BashCompletion.of(completion);
      case "zsh" -> ZshCompletion.of(completion);
      default -> FishCompletion.of(completion);
    };
  }

  private Path file(String shell) throws IOException {
    return Files.writeString(folder.resolve("clarinet." + shell), script(shell));
  }

  private static List<String> output(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }

  /** The words of a line as bash splits it, {@code |} at its end; what it may go on with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "clarinet pr|; profile",
        "clarinet zo|; zoo",
        "clarinet set|; setup",
        "clarinet --version de|; devices",
        "clarinet profile --s|; --sort,--size",
        "clarinet explain --no|; --no-measure",
        "clarinet profile --sort |; order,time,name,rate",
        "clarinet profile --device = c|; cpu",
        "clarinet profile --device =|; auto,cpu,opencl",
        "clarinet classify --preprocess ke|; keras-caffe",
        "clarinet verify --weights |; fp32,fp16",
        "clarinet bench --batch |; ''",
        "clarinet bench --model resnet5|; resnet50,resnet50-v1",
        "clarinet convert --arch squeezenet1.1-|; squeezenet1.1-caffe",
        "clarinet explain --as rtx|; rtx3090,rtx4060",
        "clarinet explain vgg|; vgg16,vgg19,vgg16_bn,vgg19_bn,vgg of mine.onnx",
        "clarinet classify a|; a b.jpg,a*.jpg",
        "clarinet classify --labels a|; a b.jpg,a*.jpg",
        "clarinet completion |; bash,zsh,fish"
      })
  void bashCompletes(String line, String expected) throws Exception {
    for (String file : List.of("a b.jpg", "a*.jpg", "vgg of mine.onnx")) {
      Files.createFile(folder.resolve(file));
    }
    String test =
        """
        set -eu
        source "$0"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _clarinet
        [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        """;
    String[] words = line.substring(0, line.length() - 1).split(" ", -1);
    String[] bash =
        Stream.concat(Stream.of("bash", "-c", test, file("bash").toString()), Stream.of(words))
            .toArray(String[]::new);
    assertThat(output(folder, bash))
        .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(","));
  }

  /** Other shells need not be here: their scripts hold what picocli's model does. */
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyCommandAndOptionIsThere(String shell) throws IOException {
    String script = script(shell);
    assertThat(command.run("completion", shell)).isZero();
    assertThat(command.text()).isEqualTo(script);
    for (CommandLine each : HelpTest.commandLine().getSubcommands().values()) {
      assertThat(script).contains(each.getCommandName());
      for (OptionSpec option : each.getCommandSpec().options()) {
        String name = option.longestName();
        assertThat(script).contains(shell.equals("fish") ? " -l " + name.substring(2) : name);
      }
    }
    assertThat(script).contains("keras-caffe", "preact_resnet1001", "opencl", "onnxruntime");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void aShellThatIsHereReadsItsScript(String shell) throws Exception {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, shell)));
    assumeTrue(there || shell.equals("bash"), shell + " is not installed");
    assertThat(output(folder, shell, "-n", file(shell).toString())).isEmpty();
  }

  @Test
  void anotherShellIsWrongUsage() {
    assertThat(command.run("completion", "bahs")).isEqualTo(2);
    assertThat(command.errors()).contains("near it is \"bash\"");
    assertThat(command.run("completion")).isEqualTo(2);
  }
}
