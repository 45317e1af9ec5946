package io.clarinet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key store makes a server speak TLS. */
@Timeout(60)
class TlsTest {
  private static final String PASSWORD = "change me";

  @TempDir Path folder;

  private Path keyStore() throws Exception {
    Path file = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    return file;
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("server", store.getCertificate("mykey"));
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void requestsComeEncrypted() throws Exception {
    Path file = keyStore();
    Router router = new Router().add("GET", "/x", Handler.now(r -> Response.json(200, Map.of())));
    HttpOptions options =
        new HttpOptions(
            "127.0.0.1",
            0,
            Tls.of(file, PASSWORD.toCharArray()),
            Guard.loopback(),
            HttpLimits.DEFAULT);
    try (HttpServer server = HttpServer.start(options, router, answered -> {})) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(file)).build();
      URI uri = URI.create("https://localhost:" + server.port() + "/x");
      HttpResponse<String> reply =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(reply.body()).isEqualTo("{}");
      try (RawClient plain = new RawClient(server.port())) {
        plain.send("GET /x HTTP/1.1\nHost: localhost\n\n");
        assertThatThrownBy(plain::reply).isInstanceOf(Exception.class);
      }
    }
  }

  @Test
  void aStoreThatDoesNotOpenIsNamed() throws Exception {
    Path file = keyStore();
    assertThatThrownBy(() -> Tls.of(file, "wrong".toCharArray()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
