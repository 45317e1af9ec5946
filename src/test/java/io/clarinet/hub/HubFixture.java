package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.hub.HubException.Kind;
import io.clarinet.importer.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that behaves as a hub, and an empty cache. */
abstract class HubFixture {
  static final String WEIGHTS = "model.safetensors";
  static HubServer server;

  @TempDir Path cache;

  byte[] weights = new byte[0];

  @BeforeAll
  static void start() throws IOException {
    server = new HubServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void fill() {
    weights = new byte[300_001];
    Fresh.random().nextBytes(weights);
    server.reset();
    server
        .with("README.md", "no part of a model")
        .with("config.json", "{\"architecture\": \"resnet18\"}")
        .with("pytorch_model.bin", new byte[5000])
        .with(WEIGHTS, weights);
  }

  HubSettings settings(String token, boolean offline) {
    return new HubSettings(server.address(), cache, token, offline);
  }

  HubModel fetched(String reference) throws IOException {
    return new Hub(settings(null, false))
        .model(HubReference.parse(reference), ImportOptions.DEFAULT, HubProgress.NONE);
  }

  void refused(Kind kind, ThrowingCallable fetching, String... parts) {
    assertThatThrownBy(fetching)
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(parts)
        .hasMessageStartingWith("hf:acme/net")
        .satisfies(e -> assertThat(((HubException) e).kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertThat(blobs()).as("nothing unsound is kept").noneMatch(b -> b.endsWith(digest()));
  }

  String digest() {
    return HubServer.digest(weights);
  }

  List<String> blobs() {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.getParent().endsWith("blobs"))
          .map(file -> file.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path part() {
    return cache.resolve("models--acme--net").resolve("blobs").resolve(digest() + ".part");
  }
}
