package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.hub.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullCommandTest {
  private static final String CONFIG =
      "{\"model_type\": \"resnet\", \"id2label\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"c\", \"3\":"
          + " \"d\", \"4\": \"e\", \"5\": \"f\", \"6\": \"g\", \"7\": \"h\", \"8\": \"i\", \"9\":"
          + " \"j\"}}";

  @TempDir Path folder;
  private final CommandContract command = new CommandContract();
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    Path network = CommandContract.network(folder);
    server =
        new HubServer()
            .with("model.onnx", Files.readAllBytes(network))
            .with("config.json", CONFIG)
            .with("preprocessor_config.json", "{\"size\": 56}");
    System.setProperty("clarinet.hub", server.address().toString());
    System.setProperty("clarinet.hub.cache", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    server.close();
    System.clearProperty("clarinet.hub");
    System.clearProperty("clarinet.hub.cache");
  }

  @Test
  void whatCameIsListedWithTheNextCommand() throws IOException {
    assertThat(command.run("pull", "hf:acme/net")).as(command.errors()).isZero();
    assertThat(command.text())
        .contains("hf:acme/net, commit 0123456789ab")
        .containsPattern("model\\.onnx +[\\d,]+ +fetched")
        .contains("clarinet classify --model hf:acme/net PICTURE");
    assertThat(command.run("pull", "hf:acme/net", "--revision", "v1", "--json")).isZero();
    JsonNode model = command.json().at("/models/0");
    assertThat(model.get("model").asText()).isEqualTo("hf:acme/net@v1");
    assertThat(model.get("commit").asText()).isEqualTo(HubServer.COMMIT);
    assertThat(Path.of(model.get("file").asText())).exists();
    assertThat(model.at("/files/0/name").asText()).isEqualTo("config.json");
    assertThat(model.findValuesAsText("fetched")).containsOnly("false");
  }

  @Test
  void everyCommandTakesSuchAModelAndFetchesItOnce() throws IOException {
    assertThat(command.run("info", "hf:acme/net", "--device", "cpu", "--json"))
        .as(command.errors())
        .isZero();
    assertThat(command.errors()).isEqualToIgnoringNewLines("clarinet: fetching hf:acme/net.");
    assertThat(command.json().at("/labels/count").asInt()).as(command.text()).isEqualTo(10);
    int questions = server.asked.size();
    Path picture = Path.of("src", "docs", "images", "coffee.jpg");
    assertThat(
            command.run(
                "classify",
                "--device",
                "cpu",
                "--model",
                "hf:acme/net",
                "--json",
                picture.toString()))
        .as(command.errors())
        .isZero();
    assertThat(command.json().findValuesAsText("label"))
        .hasSize(5)
        .allMatch(label -> label.matches("[a-j]"));
    assertThat(command.errors()).isEmpty();
    assertThat(server.asked).hasSize(questions);
  }

  @Test
  void anotherFolderIsTold() {
    Path other = folder.resolve("other");
    assertThat(command.run("pull", "hf:acme/net", "--cache", other.toString())).isZero();
    assertThat(command.text()).contains("with HF_HUB_CACHE=" + other);
    assertThat(other.resolve("models--acme--net/snapshots")).isDirectory();
  }

  @Test
  void faultsAreOneLineOfTheirKind() throws IOException {
    assertThat(command.run("pull", "acme/net", "--json")).isEqualTo(2);
    assertThat(command.json().at("/error/kind").asText()).isEqualTo("usage");
    assertThat(command.run("pull", "hf:acme/other", "--json")).isEqualTo(1);
    assertThat(command.json().at("/error/kind").asText()).isEqualTo("not_found");
    server.close();
    assertThat(command.run("info", "hf:acme/net", "--json")).isEqualTo(1);
    assertThat(command.json().at("/error/kind").asText()).isEqualTo("network");
    assertThat(command.json().at("/error/message").asText())
        .contains("cannot reach")
        .hasLineCount(1);
  }
}
