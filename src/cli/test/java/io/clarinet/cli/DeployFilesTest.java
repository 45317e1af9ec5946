package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The files of src/server/deploy are well formed, and name paths and options that there are. */
@Timeout(60)
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("src/server/deploy");
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "FROM",
          "RUN",
          "WORKDIR",
          "COPY",
          "USER",
          "ENV",
          "VOLUME",
          "EXPOSE",
          "STOPSIGNAL",
          "HEALTHCHECK",
          "ENTRYPOINT",
          "CMD");

  @TempDir Path folder;

  /** The options of a command line of {@code serve}. */
  private static CommandLine.ParseResult parsed(List<String> arguments) {
    assertThat(arguments.get(0)).isEqualTo("serve");
    CommandLine command = Main.commandLine(new Console(System.out, System.err));
    return command.parseArgs(arguments.toArray(String[]::new)).subcommand();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clarinet.service", "Containerfile", "kserve.yaml"})
  void saysThatItWasNotRun(String file) throws IOException {
    assertThat(Files.readString(DEPLOY.resolve(file))).startsWith("# Not run here");
    assertThat(Files.readString(Path.of("src/docs/serving.md"))).contains("server/deploy/" + file);
  }

  @Test
  void thePageNamesEveryOptionOfTheServer() throws IOException {
    String page = Files.readString(Path.of("src/docs/serving.md"));
    CommandLine command = Main.commandLine(new Console(System.out, System.err));
    List<String> options =
        new ArrayList<>(new CommandLine(new ServeOptions()).getCommandSpec().optionsMap().keySet());
    assertThat(options).isNotEmpty();
    assertThat(command.getSubcommands().get("serve").getCommandSpec().optionsMap())
        .containsKeys(options.toArray(String[]::new));
    assertThat(options).allSatisfy(option -> assertThat(page).contains(option));
  }

  @Test
  void theUnitStartsTheServerWithOptionsThatThereAre() throws IOException {
    String start = value("ExecStart");
    List<String> words = List.of(start.split(" "));
    CommandLine.ParseResult found = parsed(words.subList(words.indexOf("serve"), words.size()));
    assertThat(found.matchedOptions()).isNotEmpty();
    assertThat(value("Type")).isEqualTo("exec");
    assertThat(value("KillSignal")).isEqualTo("SIGTERM");
    int drain = Integer.parseInt(words.get(words.indexOf("--drain") + 1).replace("s", ""));
    assertThat(Integer.parseInt(value("TimeoutStopSec").replace("s", ""))).isGreaterThan(drain);
  }

  private static String value(String name) throws IOException {
    return Files.readAllLines(DEPLOY.resolve("clarinet.service")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void systemdTakesTheUnit() throws Exception {
    assumeThat(Path.of("/usr/bin/systemd-analyze")).exists();
    String java = System.getProperty("java.home") + "/bin/java";
    String unit = Files.readString(DEPLOY.resolve("clarinet.service"));
    Path copy = folder.resolve("clarinet.service");
    Files.writeString(copy, unit.replace("/usr/lib/jvm/default-java/bin/java", java));
    assertThat(output("systemd-analyze", "verify", "--man=no", copy.toString())).isEmpty();
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output.strip() : output + " exit " + process.exitValue();
  }

  /** The instructions of the container recipe, each a line. */
  private static List<String> instructions() throws IOException {
    String text = Files.readString(DEPLOY.resolve("Containerfile"));
    return text.replaceAll("(?m)^#.*\n", "")
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static List<String> list(String instruction) throws IOException {
    String last = "";
    for (String line : instructions()) {
      last = line.startsWith(instruction + " ") ? line : last;
    }
    List<String> words = new ArrayList<>();
    JsonNode array = new YAMLMapper().readTree(last.substring(last.indexOf('[')));
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void theContainerRecipeNamesWhatThereIs() throws IOException {
    Set<String> stages = new LinkedHashSet<>();
    String user = "root";
    for (String line : instructions()) {
      String[] words = line.split(" +");
      assertThat(words[0]).isIn(INSTRUCTIONS);
      if (words[0].equals("FROM") && words.length > 2) {
        stages.add(words[3]);
      }
      if (words[0].equals("COPY") && words[1].startsWith("--from=")) {
        assertThat(words[1].substring("--from=".length())).isIn(stages);
      } else if (words[0].equals("COPY")) {
        for (String file : List.of(words).subList(1, words.length - 1)) {
          assertThat(Path.of(file)).exists();
        }
      }
      user = words[0].equals("USER") ? words[1] : user;
    }
    assertThat(user).isNotIn("root", "0");
    assertThat(list("ENTRYPOINT")).endsWith(Main.class.getName());
    assertThat(parsed(list("CMD")).hasMatchedOption("--host")).isTrue();
  }

  @Test
  void itsRuntimeHasTheModulesThatClassesNeed() throws IOException {
    Matcher named =
        Pattern.compile("--add-modules (\\S+)").matcher(String.join("\n", instructions()));
    assertThat(named.find()).isTrue();
    Set<String> modules = new TreeSet<>(List.of(named.group(1).split(",")));
    assertThat(ModuleFinder.ofSystem().findAll().stream().map(m -> m.descriptor().name()))
        .containsAll(modules);
    assertThat(modules).contains("java.desktop", "jdk.incubator.vector", "jdk.unsupported");
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "503, 1"})
  void itsHealthCheckTellsReadyFromNot(int status, int exit) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      List<String> command = new ArrayList<>(list("HEALTHCHECK"));
      command.replaceAll(word -> word.replace("/8000", "/" + server.getAddress().getPort()));
      assertThat(new ProcessBuilder(command).start().waitFor()).isEqualTo(exit);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theRuntimeForKserveStartsTheServerThatItsProbesAsk() throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> all =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .readValues(DEPLOY.resolve("kserve.yaml").toFile())) {
      all.forEachRemaining(documents::add);
    }
    Map<String, JsonNode> byKind = new java.util.HashMap<>();
    documents.forEach(document -> byKind.put(document.path("kind").asText(), document));
    JsonNode container = byKind.get("ServingRuntime").at("/spec/containers/0");
    List<String> arguments =
        StreamSupport.stream(container.path("args").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    int port = parsed(arguments).matchedOptionValue("--port", 0);
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(port);
    assertThat(container.at("/readinessProbe/httpGet/port").asInt()).isEqualTo(port);
    assertThat(container.at("/livenessProbe/httpGet/port").asInt()).isEqualTo(port);
    String description =
        Files.readString(Path.of("src/server/main/resources/io/clarinet/server/openapi.json"));
    assertThat(description)
        .contains(
            "\"" + container.at("/readinessProbe/httpGet/path").asText() + "\"",
            "\"" + container.at("/livenessProbe/httpGet/path").asText() + "\"");
    JsonNode service = byKind.get("InferenceService").at("/spec/predictor/model");
    assertThat(service.path("runtime").asText())
        .isEqualTo(byKind.get("ServingRuntime").at("/metadata/name").asText());
  }
}
