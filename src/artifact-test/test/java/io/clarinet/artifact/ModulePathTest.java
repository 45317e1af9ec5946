package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module of somebody else's uses the library by what {@code src/docs/embedding.md} says. */
class ModulePathTest {
  private static final Path PAGE = Path.of("src", "docs", "embedding.md");
  private static final String PROGRAM =
      """
      package app;

      import io.clarinet.*;
      import java.util.List;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          var picture = Bundled.samples().values().iterator().next();
          for (Device device : List.of(Device.find("opencl"), Device.cpu())) {
            try (Session session = Model.bundled().open(device)) {
              var best = Classifier.of(Model.bundled(), session).classify(picture, 1).get(0);
              System.out.println(session.device().id().replaceAll(":.*", "") + " reads " + best.label());
            }
          }
          System.out.println(Main.class.getModule() + " uses " + Model.class.getModule());
          System.out.println("vectors: " + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void thePagesDescriptorNeedsNoOptions() throws Exception {
    String descriptor = onThePage("(?s)module app \\{.*?\\n\\}");
    compile(descriptor, List.of());
    assertWorks(run(Built.java(), List.of()));
  }

  @Test
  void requiringClarinetAloneNeedsThePagesOptions() throws Exception {
    List<String> options = List.of("--add-modules", modulesAfter("(?m)^--add-modules (\\S+)$"));
    compile("module app { requires io.clarinet; }", options);
    assertWorks(run(Built.java(), options));
  }

  @Test
  void anImageOfThePagesModulesRunsIt() throws Exception {
    Path image = folder.resolve("image");
    String modules = modulesAfter("jlink --add-modules (\\S+)");
    tool("jlink", List.of("--strip-debug", "--add-modules", modules, "--output", image.toString()));
    compile(onThePage("(?s)module app \\{.*?\\n\\}"), List.of());
    assertWorks(run(image.resolve(Path.of("bin", "java")), List.of()));
  }

  private void compile(String descriptor, List<String> options) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path main = Files.writeString(sources.resolve("Main.java"), PROGRAM);
    Path info = Files.writeString(sources.resolve("module-info.java"), descriptor);
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of("-nowarn", "-p", modulePath(), "-d", folder.resolve("app").toString()));
    arguments.addAll(List.of(main.toString(), info.toString()));
    tool("javac", arguments);
  }

  private static void tool(String name, List<String> arguments) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    int code = tool.run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(code).as("%s %s", name, arguments).isZero();
  }

  private String run(Path java, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    String path = folder.resolve("app") + File.pathSeparator + modulePath();
    command.addAll(List.of("-p", path, "-m", "app/app.Main"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static void assertWorks(String printed) {
    assertThat(printed)
        .contains("opencl reads O", "cpu reads O")
        .contains("module app uses module io.clarinet")
        .contains("vectors: true");
  }

  private static String modulePath() throws IOException {
    return Built.library()
        + File.pathSeparator
        + Files.readString(Built.libraryDependencies()).strip();
  }

  private static String modulesAfter(String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(PAGE));
    assertThat(matcher.find()).as("%s in %s", pattern, PAGE).isTrue();
    return matcher.group(1);
  }

  private static String onThePage(String pattern) throws IOException {
    return modulesAfter("(" + pattern + ")");
  }
}
