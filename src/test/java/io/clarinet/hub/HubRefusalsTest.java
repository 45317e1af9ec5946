package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.hub.HubException.Kind;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub refuses, or gives otherwise than it should, is told and not kept. */
class HubRefusalsTest extends HubFixture {
  @Test
  void anotherChecksumIsRefused() throws IOException {
    byte[] other = weights.clone();
    other[150_000] ^= 1;
    server.with(WEIGHTS, other).listing(WEIGHTS, digest());
    refused(Kind.INVALID, () -> fetched("hf:acme/net"), WEIGHTS, "its checksum is another");
    assertThat(part()).isEmptyFile();
    server.with("config.json", "{}").listing("config.json", "a".repeat(40));
    refused(Kind.INVALID, () -> fetched("hf:acme/net"), "config.json", "its checksum is another");
  }

  @Test
  void sizesThatDifferAreRefused() {
    server.listing(WEIGHTS, 300_000);
    refused(
        Kind.INVALID, () -> fetched("hf:acme/net"), "300,000 bytes by the hub's list, and 300,001");
    server.listing(WEIGHTS, 9_000_000_000_000_000_000L);
    refused(Kind.UNSUPPORTED, () -> fetched("hf:acme/net"), "more than the", "--max-memory");
  }

  @Test
  void bodiesThatGoOnAreLeft() {
    server.endless = true;
    refused(Kind.INVALID, () -> fetched("hf:acme/net:" + WEIGHTS), "goes on after the");
    server.endless = false;
    server.tooLong = true;
    refused(Kind.INVALID, () -> fetched("hf:acme/net:" + WEIGHTS), "goes on after the");
  }

  @Test
  void moreThanIsAllowedIsNotFetched() throws IOException {
    HubReference wanted = HubReference.parse("hf:acme/net");
    ImportOptions little = ImportOptions.DEFAULT.with(new Limits(300_000));
    Hub hub = new Hub(settings(null, false));
    refused(
        Kind.UNSUPPORTED,
        () -> hub.model(wanted, little, HubProgress.NONE),
        "more than the 300,000 that are allowed");
    assertThat(server.contents()).doesNotContain(WEIGHTS);
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', REFUSED, or it is private; check the name",
    "401, RepoNotFound, REFUSED, set HF_TOKEN to a token that may read it",
    "403, GatedRepo, REFUSED, asks its readers for their consent",
    "401, GatedRepo, REFUSED, asks its readers for their consent",
    "404, RepoNotFound, NOT_FOUND, the hub has no such model",
    "404, RevisionNotFound, NOT_FOUND, 'has no revision \"main\"'",
    "404, EntryNotFound, NOT_FOUND, has no such file",
    "429, '', UNREACHABLE, asks for fewer requests (429); try again in 17 s",
    "503, '', UNREACHABLE, the hub fails (503)",
    "418, '', INVALID, 'the hub answers 418, a ? teapot'"
  })
  void refusalsSayWhatToDo(int status, String code, Kind kind, String line) {
    server.status = status;
    server.statusHeaders =
        Map.of("X-Error-Code", code, "X-Error-Message", "a \u001b teapot", "Retry-After", "17");
    refused(kind, () -> fetched("hf:acme/net"), line);
  }

  @Test
  void aTokenThatIsNotTakenIsNotShown() {
    server.token = "another";
    Hub hub = new Hub(settings("hf_secret", false));
    assertThatThrownBy(
            () ->
                hub.model(
                    HubReference.parse("hf:acme/net"), ImportOptions.DEFAULT, HubProgress.NONE))
        .hasMessageContaining("does not take the token of HF_TOKEN")
        .hasMessageNotContaining("secret");
    assertThat(settings("hf_secret", false).toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "jar:file:/a!/b", "ftp://127.0.0.1/a", ":", "http:"})
  void addressesOfNoWebServerAreNotFollowed(String location) {
    server.location = location;
    refused(Kind.INVALID, () -> fetched("hf:acme/net"), "no safe address");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub/a, https://cdn/b?c=d, https://cdn/b?c=d",
    "https://hub/a, /b, https://hub/b",
    "http://hub/a, https://cdn/b, https://cdn/b",
    "http://hub/a, http://cdn/b, http://cdn/b",
    "https://hub/a, http://hub/b,",
    "https://hub/a, ftp://hub/b,",
    "https://hub/a, file://hub/b,"
  })
  void whatIsEncryptedStaysSo(URI from, String location, URI to) throws IOException {
    HubReference model = HubReference.parse("hf:acme/net");
    if (to == null) {
      refused(Kind.INVALID, () -> HubConnection.next(model, from, location), "no safe address");
    } else {
      assertThat(HubConnection.next(model, from, location)).isEqualTo(to);
    }
  }

  @Test
  void sendingOnAndOnEnds() {
    server.location = server.address() + "/acme/net/resolve/" + HubServer.COMMIT + "/config.json";
    refused(Kind.INVALID, () -> fetched("hf:acme/net"), "sends on and on");
  }

  @Test
  void namesThatLeadElsewhereAreNotWritten() throws IOException {
    server.moreSiblings =
        Stream.of(
                "../../evil.onnx", "/tmp/evil.onnx", "a/../../model.onnx", "a\\\\b.onnx", "c:evil")
            .map(
                n ->
                    "{\"rfilename\": \""
                        + n
                        + "\", \"blobId\": \""
                        + "a".repeat(40)
                        + "\", \"size\": 1}, ")
            .reduce("", String::concat);
    fetched("hf:acme/net");
    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files).noneMatch(file -> file.toString().contains("evil"));
    }
    for (String name :
        List.of("../evil", "a/./b", "a//b", "/a", "a/", "a\\b", "a:b", "...", "a ")) {
      assertThat(HubPath.isSafe(name)).as(name).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sha\": \"../../../../etc\", \"siblings\": []}",
        "{\"siblings\": []}",
        "[]",
        "{\"sha\": ",
        "<html>"
      })
  void listsThatAreNoneAreRefused(String answer) throws IOException {
    assertThatThrownBy(
            () ->
                HubListing.read(
                    HubReference.parse("hf:acme/net"),
                    new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_ENDPOINT");
  }

  @Test
  void filesWithoutAChecksumAreRefused() {
    server.listing(WEIGHTS, "../../../evil");
    refused(Kind.INVALID, () -> fetched("hf:acme/net"), "without a size or a checksum");
  }

  @Test
  void anUnknownArchitectureIsToldBeforeAnythingLargeComes() throws IOException {
    server.with("config.json", "{\"architecture\": \"seresnet50\"}");
    refused(
        Kind.UNSUPPORTED,
        () -> fetched("hf:acme/net"),
        "\"seresnet50\", which the zoo lacks",
        "--arch");
    assertThat(server.contents()).containsExactly("config.json");
    assertThat(fetched("hf:acme/net:" + WEIGHTS).file()).hasFileName(WEIGHTS);
    server.with("onnx/model.onnx", new byte[5000]).with("onnx/model.onnx_data", new byte[5001]);
    HubModel model = fetched("hf:acme/net");
    assertThat(model.entries())
        .extracting(HubModel.Entry::name)
        .containsExactly("config.json", "onnx/model.onnx_data", "onnx/model.onnx");
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    refused(
        Kind.NOT_FOUND,
        () -> fetched("hf:acme/net:modle.safetensors"),
        "no such file; it has model.safetensors, pytorch_model.bin");
  }
}
