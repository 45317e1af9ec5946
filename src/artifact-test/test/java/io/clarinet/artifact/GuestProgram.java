package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Somebody's program: it loads weights with a damaged configuration beside them (JSON, and a
 * message), writes and reads them as ONNX, and classifies on both kinds of device.
 */
final class GuestProgram {
  private static final String SOURCE =
      """
      package app;

      import io.clarinet.*;
      import java.io.InputStream;
      import java.nio.file.*;
      import java.util.List;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          Path folder = Path.of(arguments[0]);
          Path weights = folder.resolve("weights.safetensors");
          try (InputStream in = Model.class.getResourceAsStream("models/glyphs.safetensors")) {
            Files.copy(in, weights);
          }
          Files.writeString(folder.resolve("config.json"), "{ no JSON");
          Path once = folder.resolve("once.onnx");
          Path twice = folder.resolve("twice.onnx");
          Model.load(weights).writeOnnx(once);
          Model.load(once).writeOnnx(twice);
          Model model = Model.load(twice);
          var picture = Bundled.samples().values().iterator().next();
          for (Device device : List.of(Device.find("opencl"), Device.cpu())) {
            try (Session session = model.open(device)) {
              String best = Classifier.of(model, session).classify(picture, 1).get(0).label();
              System.out.println(session.device().id().replaceAll(":.*", "") + " reads " + best);
            }
          }
        }
      }
      """;

  private GuestProgram() {}

  /** Compiles it into a folder. */
  static void compile(Path folder, Path classes) throws IOException {
    Path source = Files.writeString(folder.resolve("Main.java"), SOURCE);
    List<String> arguments =
        List.of(
            "-nowarn",
            "-proc:none",
            "-cp",
            Built.library().toString(),
            "-d",
            classes.toString(),
            source.toString());
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(code).as("javac %s", arguments).isZero();
  }

  /** What a JVM prints that ends well. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, printed).isZero();
    return printed;
  }

  static void assertWorked(String printed) {
    assertThat(printed)
        .contains("opencl reads O", "cpu reads O")
        .contains("config.json: passed over");
  }
}
