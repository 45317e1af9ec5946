package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that name models of hubs, and the environment that says how hubs are used. */
class HubReferenceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "hf:timm/resnet50.a1_in1k, timm, resnet50.a1_in1k, main,",
    "hf:a/b@v1.0, a, b, v1.0,",
    "hf:a/b@refs/pr/1:onnx/model.onnx, a, b, refs/pr/1, onnx/model.onnx",
    "hf:a/b:model.onnx, a, b, main, model.onnx"
  })
  void formsAreRead(String text, String owner, String name, String revision, String file)
      throws IOException {
    HubReference read = HubReference.parse(text);
    assertThat(read).isEqualTo(new HubReference(owner, name, revision, file));
    assertThat(read).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:",
        "hf:a",
        "hf:a/",
        "hf:a/b/c",
        "hf:../b",
        "hf:a/..",
        "hf:a/b@",
        "hf:a/b@../c",
        "hf:a/b:",
        "hf:a/b:/etc/passwd",
        "hf:a/b:../c",
        "hf:a/b@x y\u001b",
        "hf:a--b/c",
        "hf:a/b?c",
        "hf:a/b#c"
      })
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> HubReference.parse(text))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("write hf:OWNER/NAME");
  }

  private HubSettings settings(String... variables) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return HubSettings.of(environment, "home");
  }

  @Test
  void theEnvironmentSaysWhereAndHow() throws IOException {
    assertThat(settings())
        .isEqualTo(
            new HubSettings(
                URI.create("https://huggingface.co"),
                Path.of("home", ".cache", "huggingface", "hub"),
                null,
                false));
    assertThat(settings("XDG_CACHE_HOME", "x").cache())
        .isEqualTo(Path.of("x", "huggingface", "hub"));
    assertThat(settings("XDG_CACHE_HOME", "x", "HF_HOME", "y").cache())
        .isEqualTo(Path.of("y", "hub"));
    assertThat(settings("HF_HOME", "y", "HF_HUB_CACHE", "z").cache()).isEqualTo(Path.of("z"));
    assertThat(settings("HF_ENDPOINT", "http://mirror:8080/").endpoint())
        .isEqualTo(URI.create("http://mirror:8080"));
    for (String yes : new String[] {"1", "true", "YES", "on"}) {
      assertThat(settings("HF_HUB_OFFLINE", yes).offline()).isTrue();
    }
    assertThat(settings("HF_HUB_OFFLINE", "0").offline()).isFalse();
  }

  @Test
  void tokensComeFromTheEnvironmentAndStayThere() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "hf_file\n");
    assertThat(settings("HF_TOKEN_PATH", file.toString()).token()).isEqualTo("hf_file");
    assertThat(settings("HF_TOKEN", "hf_own", "HF_TOKEN_PATH", file.toString()).token())
        .isEqualTo("hf_own");
    assertThatThrownBy(() -> settings("HF_TOKEN", "hf_a\r\nX-Evil: b"))
        .hasMessageContaining("HF_TOKEN holds")
        .hasMessageNotContaining("Evil");
    assertThatThrownBy(() -> settings("HF_TOKEN_PATH", folder.resolve("no").toString()))
        .hasMessageContaining("no such file");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub.example, https://hub.example/a, true",
    "https://hub.example, https://HUB.example:443/a, true",
    "https://hub.example, https://hub.example:8443/a, false",
    "https://hub.example, https://cdn.hub.example/a, false",
    "https://hub.example, http://hub.example/a, false",
    "http://hub.example, http://hub.example/a, false",
    "http://127.0.0.1:80, http://127.0.0.1/a, true"
  })
  void tokensGoToTheHubAloneAndEncrypted(String endpoint, String address, boolean sent)
      throws IOException {
    HubSettings settings = settings("HF_ENDPOINT", endpoint, "HF_TOKEN", "hf_secret");
    assertThat(settings.tokenFor(URI.create(address))).isEqualTo(sent ? "hf_secret" : null);
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"huggingface.co", "file:///tmp", "https://u:p@hub", "https://hub?x", "::"})
  void endpointsThatAreNoneAreRefused(String endpoint) {
    assertThatThrownBy(() -> settings("HF_ENDPOINT", endpoint))
        .hasMessageContaining("HF_ENDPOINT is no address");
  }
}
