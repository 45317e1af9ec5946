package io.clarinet.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Handlers by method and path. */
public final class Router {
  private final List<Route> routes = new ArrayList<>();

  /**
   * A path that is answered.
   *
   * @param method in capitals
   * @param path with open parts in braces, as {@code /v2/models/{model}}
   * @param isOpen whether it is answered without a token
   * @param handler that answers
   * @param segments of the path
   */
  public record Route(
      String method, String path, boolean isOpen, Handler handler, List<String> segments) {
    /** With the segments that its path has. */
    public Route(String method, String path, boolean isOpen, Handler handler) {
      this(method, path, isOpen, handler, List.of(path.split("/", -1)));
    }

    private boolean matches(String[] given) {
      if (segments.size() != given.length) {
        return false;
      }
      for (int i = 0; i < given.length; i++) {
        boolean open = segments.get(i).startsWith("{") && !given[i].isEmpty();
        if (!open && !segments.get(i).equals(given[i])) {
          return false;
        }
      }
      return true;
    }

    private Map<String, String> parts(String[] given) {
      Map<String, String> parts = new LinkedHashMap<>();
      for (int i = 0; i < given.length; i++) {
        String own = segments.get(i);
        if (own.startsWith("{")) {
          parts.put(own.substring(1, own.length() - 1), given[i]);
        }
      }
      return parts;
    }
  }

  /** Adds a path; one that was added before is asked first. */
  public Router add(String method, String path, Handler handler) {
    routes.add(new Route(method, path, false, handler));
    return this;
  }

  /** As {@link #add}, answered without a token too. */
  public Router addOpen(String method, String path, Handler handler) {
    routes.add(new Route(method, path, true, handler));
    return this;
  }

  /** All paths in the order of their adding. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /**
   * The path that a request means.
   *
   * @throws StatusException 404 if there is none, 405 if there is one of another method
   */
  Route find(Request request) {
    String[] given = request.path().split("/", -1);
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.matches(given)) {
        if (isMeant(route.method(), request.method())) {
          return route;
        }
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      throw new StatusException(404, "nothing answers at this path");
    }
    String allowed = String.join(", ", methods);
    throw new StatusException(
        405, "this path takes " + allowed + " only", Map.of("Allow", allowed));
  }

  /** A HEAD is answered as a GET, less its body. */
  private static boolean isMeant(String own, String given) {
    return own.equals(given) || (own.equals("GET") && given.equals("HEAD"));
  }

  /** The answer of a path that was found. */
  static CompletableFuture<Response> answer(Route route, Request request) {
    return route.handler().handle(request.with(route.parts(request.path().split("/", -1))));
  }
}
