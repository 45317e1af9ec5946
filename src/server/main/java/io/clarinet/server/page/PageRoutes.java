package io.clarinet.server.page;

import io.clarinet.Bundled;
import io.clarinet.image.Picture;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page at {@code /}: its files and sample pictures, which hold nothing of the models and are
 * open to all. It runs no script but its own, and loads nothing from elsewhere.
 */
public final class PageRoutes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final List<String> SCRIPTS =
      List.of("page", "api", "picture", "pad", "heat", "classes", "live", "network");

  private final Map<String, Response> files = new HashMap<>();
  private final Map<String, Response> samples = new HashMap<>();
  private final Response index;

  private PageRoutes() throws IOException {
    this.index = file("index.html", "text/html; charset=utf-8");
    files.put("page.css", file("page.css", "text/css; charset=utf-8"));
    files.put("icon.svg", file("icon.svg", "image/svg+xml"));
    for (String script : SCRIPTS) {
      files.put(script + ".js", file(script + ".js", "text/javascript; charset=utf-8"));
    }
    for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
      samples.put(sample.getKey(), headed(Response.bytes("image/png", sample.getValue().png())));
    }
  }

  /** Adds the paths. */
  public static void addTo(Router router) {
    try {
      PageRoutes page = new PageRoutes();
      router
          .addOpen("GET", "/", Handler.now(request -> page.index))
          .addOpen("GET", "/page/{file}", Handler.now(r -> known(page.files, r)))
          .addOpen("GET", "/page/samples/{file}", Handler.now(r -> known(page.samples, r)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response known(Map<String, Response> all, Request request) {
    Response found = all.get(request.part("file"));
    if (found == null) {
      throw new StatusException(404, "the page has no such file");
    }
    return found;
  }

  private static Response file(String name, String type) throws IOException {
    try (InputStream in = PageRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the jar holds no " + name + "; build it again");
      }
      return headed(Response.bytes(type, in.readAllBytes()));
    }
  }

  private static Response headed(Response response) {
    return response
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-cache");
  }
}
