package io.clarinet.server.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** TLS 1.2 and 1.3 by a certificate and its key in a key store. */
public final class Tls {
  /** The versions that are spoken. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final KeyManagerFactory keys;
  private final SslContext context;

  private Tls(KeyManagerFactory keys) throws IOException {
    this.keys = keys;
    this.context = SslContextBuilder.forServer(keys).protocols(PROTOCOLS).build();
  }

  /**
   * By a key store of the JDK's kinds, PKCS #12 as a rule.
   *
   * @param password of the store and of its key
   * @throws IOException naming the file, if it is no key store, or the password is another
   */
  public static Tls of(Path keyStore, char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return new Tls(keys);
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(keyStore + ": no key store that opens: " + e.getMessage(), e);
    }
  }

  /** The certificate and its key. */
  public KeyManagerFactory keys() {
    return keys;
  }

  SslHandler handler(Channel channel) {
    return context.newHandler(channel.alloc());
  }
}
