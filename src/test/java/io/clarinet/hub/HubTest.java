package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.clarinet.Fresh;
import io.clarinet.hub.HubException.Kind;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a server that behaves as a hub, and from ones that do not. */
class HubTest {
  private static final String WEIGHTS = "model.safetensors";

  private static HubServer server;

  @TempDir Path cache;
  private byte[] weights = new byte[0];

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

  private HubSettings settings(String token, boolean offline) {
    return new HubSettings(server.address(), cache, token, offline);
  }

  private HubModel fetched(String reference) throws IOException {
    return new Hub(settings(null, false))
        .model(HubReference.parse(reference), ImportOptions.DEFAULT, HubProgress.NONE);
  }

  private void refused(Kind kind, ThrowingCallable fetching, String... parts) {
    assertThatThrownBy(fetching)
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(parts)
        .hasMessageStartingWith("hf:acme/net")
        .satisfies(e -> assertThat(((HubException) e).kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertThat(blobs()).as("nothing unsound is kept").noneMatch(b -> b.endsWith(digest()));
  }

  private String digest() {
    return HubServer.digest(weights);
  }

  private List<String> blobs() {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.getParent().endsWith("blobs"))
          .map(file -> file.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path part() {
    return cache.resolve("models--acme--net").resolve("blobs").resolve(digest() + ".part");
  }

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
