package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clarinet.hub.HubException.Kind;
import io.clarinet.importer.ImportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub has is fetched once, gone on with where it was cut, and checked. */
class HubTest extends HubFixture {
  @Test
  void whatMakesAModelIsFetchedOnceAndLaidOutAsTheHubsOwnToolsDo() throws IOException {
    HubModel model = fetched("hf:acme/net");
    assertThat(model.file()).hasFileName(WEIGHTS).hasBinaryContent(weights);
    assertThat(model.commit()).isEqualTo(HubServer.COMMIT);
    assertThat(model.entries())
        .extracting(HubModel.Entry::name, HubModel.Entry::fetched)
        .containsExactly(tuple("config.json", true), tuple(WEIGHTS, true));
    Path repository = cache.resolve("models--acme--net");
    assertThat(repository.resolve("refs/main")).hasContent(HubServer.COMMIT);
    assertThat(Files.readSymbolicLink(model.file()))
        .isEqualTo(Path.of("..", "..", "blobs", digest()));
    int questions = server.asked.size();
    assertThat(fetched("hf:acme/net").file()).isEqualTo(model.file());
    assertThat(server.asked).as("from the cache").hasSize(questions);
  }

  @Test
  void withoutTheHubTheCacheServes() throws IOException {
    HubReference wanted = HubReference.parse("hf:acme/net");
    Hub offline = new Hub(settings(null, true));
    refused(
        Kind.UNREACHABLE,
        () -> offline.model(wanted, ImportOptions.DEFAULT, HubProgress.NONE),
        "HF_HUB_OFFLINE",
        "clarinet pull hf:acme/net");
    assertThat(server.asked).isEmpty();
    Path file = fetched("hf:acme/net").file();
    assertThat(offline.model(wanted, ImportOptions.DEFAULT, HubProgress.NONE).file())
        .isEqualTo(file);
  }

  @Test
  void aHubThatIsNotThereIsNamed() throws IOException {
    URI gone;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    Hub hub = new Hub(new HubSettings(gone, cache, null, false));
    refused(
        Kind.UNREACHABLE,
        () -> hub.fetch(HubReference.parse("hf:acme/net"), ImportOptions.DEFAULT, HubProgress.NONE),
        "cannot reach 127.0.0.1",
        "proxy");
  }

  @Test
  void whatHasNotChangedIsNotFetchedAgain() throws IOException {
    fetched("hf:acme/net");
    fetched("hf:acme/net@v1");
    fetched("hf:acme/net@refs/pr/1");
    fetched("hf:acme/net@" + HubServer.COMMIT);
    assertThat(server.contents()).containsExactly("config.json", WEIGHTS);
    assertThat(server.asked.stream().filter(q -> q.contains("/api/"))).hasSize(3);
    Path refs = cache.resolve("models--acme--net").resolve("refs");
    assertThat(refs.resolve("refs/pr/1")).hasContent(HubServer.COMMIT);
    assertThat(refs.resolve(HubServer.COMMIT)).doesNotExist();
  }

  @Test
  void aTokenGoesToTheHubAndToNobodyElse() throws IOException {
    server.token = "hf_secret";
    new Hub(settings("hf_secret", false))
        .model(HubReference.parse("hf:acme/net"), ImportOptions.DEFAULT, HubProgress.NONE);
    assertThat(server.asked)
        .anyMatch(q -> q.startsWith("hub") && q.contains("token=Bearer hf_secret"))
        .anyMatch(q -> q.startsWith("cdn"))
        .noneMatch(q -> q.startsWith("cdn") && q.contains("secret"));
  }

  @Test
  void aCutBodyIsGoneOnWith() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(2);
    assertThat(fetched("hf:acme/net").file()).hasBinaryContent(weights);
    assertThat(server.asked.stream().filter(q -> q.startsWith("cdn")))
        .hasSize(3)
        .anyMatch(q -> q.contains("range=bytes=100000- if=\"of-300001\""))
        .anyMatch(q -> q.contains("range=bytes=200000- if=\"of-300001\""));
  }

  @Test
  void aBodyThatStandsStillIsLeftAndGoneOnWith() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(1);
    server.stalls = true;
    HubSettings settings = settings(null, false);
    Hub impatient = new Hub(settings, new HubConnection(settings, Duration.ofMillis(500)));
    HubModel model =
        impatient.model(HubReference.parse("hf:acme/net"), ImportOptions.DEFAULT, HubProgress.NONE);
    assertThat(model.file()).hasBinaryContent(weights);
    assertThat(server.asked).anyMatch(q -> q.contains("range=bytes=100000-"));
  }

  @Test
  void whoeverWantsTheSameMeanwhileWaitsForIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<HubModel>> same = Collections.nCopies(4, () -> fetched("hf:acme/net"));
      for (Future<HubModel> model : threads.invokeAll(same)) {
        assertThat(model.get().file()).hasBinaryContent(weights);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.contents()).containsExactlyInAnyOrder("config.json", WEIGHTS);
  }

  @Test
  void anotherRunGoesOnWithWhatOneLeft() throws IOException {
    server.cutAfter = 0;
    server.cuts.set(1);
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(weights, 123_456));
    refused(
        Kind.UNREACHABLE,
        () -> fetched("hf:acme/net"),
        "was cut after 123,456 of 300,001 bytes",
        "run this again");
    assertThat(part()).hasSize(123_456);
    assertThat(fetched("hf:acme/net").file()).hasBinaryContent(weights);
    assertThat(server.asked.get(server.asked.size() - 1)).contains("range=bytes=123456-");
    assertThat(part()).doesNotExist();
  }

  @Test
  void aServerThatKnowsNoRangesStartsAgain() throws IOException {
    server.ignoresRanges = true;
    server.cutAfter = 100_000;
    server.cuts.set(1);
    assertThat(fetched("hf:acme/net").file()).hasBinaryContent(weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300_001, 400_000})
  void aPartOfSomethingElseIsNotGoneOnWith(int bytes) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[bytes]);
    assertThat(fetched("hf:acme/net").file()).hasBinaryContent(weights);
  }

  @Test
  void progressIsTold() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(1);
    List<String> told = new ArrayList<>();
    HubProgress progress =
        new HubProgress() {
          @Override
          public void begin(HubFile file, long have) {
            told.add(file.name() + " " + have);
          }

          @Override
          public void at(long have) {
            told.add(String.valueOf(have));
          }
        };
    new Hub(settings(null, false))
        .fetch(HubReference.parse("hf:acme/net"), ImportOptions.DEFAULT, progress);
    assertThat(told).contains("config.json 0", WEIGHTS + " 0", "100000", "300001");
  }
}
