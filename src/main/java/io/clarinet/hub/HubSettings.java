package io.clarinet.hub;

import io.clarinet.file.RegularFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a hub is used, as its users' tools say it in the environment.
 *
 * @param endpoint the hub, without a slash at the end: {@code HF_ENDPOINT}
 * @param cache the folder of what was fetched: {@code HF_HUB_CACHE}, or {@code hub} in {@code
 *     HF_HOME}
 * @param token what the hub knows its user by, {@code HF_TOKEN} or what the file {@code
 *     HF_TOKEN_PATH} holds; null for nobody in particular
 * @param offline whether the hub may not be asked: {@code HF_HUB_OFFLINE}
 */
public record HubSettings(URI endpoint, Path cache, @Nullable String token, boolean offline) {
  private static final String PUBLIC = "https://huggingface.co";
  private static final Set<String> YES = Set.of("1", "true", "yes", "on");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

  /**
   * The settings of an environment.
   *
   * @param home the user's folder
   * @throws IOException naming the variable that makes no sense
   */
  public static HubSettings of(Map<String, String> environment, String home) throws IOException {
    return new HubSettings(
        endpoint(environment.getOrDefault("HF_ENDPOINT", "")),
        cache(environment, home),
        token(environment),
        YES.contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toLowerCase(Locale.ROOT)));
  }

  /**
   * The settings of this process; the system properties {@code clarinet.hub} and {@code
   * clarinet.hub.cache} overrule {@code HF_ENDPOINT} and {@code HF_HUB_CACHE}.
   */
  public static HubSettings standard() throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    overrule(environment, "HF_ENDPOINT", "clarinet.hub");
    overrule(environment, "HF_HUB_CACHE", "clarinet.hub.cache");
    return of(environment, System.getProperty("user.home"));
  }

  private static void overrule(Map<String, String> environment, String variable, String property) {
    String value = System.getProperty(property);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  /** These settings with another folder. */
  public HubSettings withCache(Path folder) {
    return new HubSettings(endpoint, folder, token, offline);
  }

  private static URI endpoint(String named) throws HubException {
    String text = (named.isBlank() ? PUBLIC : named.strip()).replaceAll("/+$", "");
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getUserInfo() == null
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new HubException(
        HubException.Kind.SYNTAX,
        "HF_ENDPOINT is no address of a hub; write it as " + PUBLIC + ", or leave it unset");
  }

  private static Path cache(Map<String, String> environment, String home) {
    String cache = environment.getOrDefault("HF_HUB_CACHE", "");
    String hub = environment.getOrDefault("HF_HOME", "");
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty()) {
      return Path.of(cache);
    }
    if (!hub.isEmpty()) {
      return Path.of(hub, "hub");
    }
    return caches.isEmpty()
        ? Path.of(home, ".cache", "huggingface", "hub")
        : Path.of(caches, "huggingface", "hub");
  }

  /** A token is never printed, not even a wrong one. */
  private static @Nullable String token(Map<String, String> environment) throws IOException {
    String own = environment.getOrDefault("HF_TOKEN", "").strip();
    String file = environment.getOrDefault("HF_TOKEN_PATH", "");
    String variable = own.isEmpty() ? "HF_TOKEN_PATH" : "HF_TOKEN";
    if (own.isEmpty() && !file.isEmpty()) {
      own = new String(RegularFile.bytes(Path.of(file)), StandardCharsets.UTF_8).strip();
    }
    if (!own.isEmpty() && !TOKEN.matcher(own).matches()) {
      throw new HubException(
          HubException.Kind.SYNTAX,
          "the token of " + variable + " holds a blank or a letter that no token has; set it anew");
    }
    return own.isEmpty() ? null : own;
  }

  /**
   * The token for an address: none for any other server than the hub itself, and none where others
   * could read it on its way.
   */
  @Nullable String tokenFor(URI address) {
    boolean hub =
        address.getScheme().equals(endpoint.getScheme())
            && address.getHost().equalsIgnoreCase(endpoint.getHost())
            && port(address) == port(endpoint);
    return hub && (address.getScheme().equals("https") || isLoopback(address)) ? token : null;
  }

  private static int port(URI address) {
    int standard = address.getScheme().equals("https") ? 443 : 80;
    return address.getPort() < 0 ? standard : address.getPort();
  }

  private static boolean isLoopback(URI address) {
    try {
      return InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return endpoint + ", kept in " + cache + (offline ? ", offline" : "");
  }
}
