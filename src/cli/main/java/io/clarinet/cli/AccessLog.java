package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.server.http.Answered;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a server's answers are logged. */
enum AccessLog {
  /** Not at all. */
  NONE,
  /** A line for people. */
  TEXT,
  /** A JSON document in a line. */
  JSON;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MILLION = 1_000_000;

  /** The line for an answer; empty for none. */
  Optional<String> line(Answered answered) {
    return switch (this) {
      case NONE -> Optional.empty();
      case TEXT -> Optional.of(text(answered));
      case JSON -> Optional.of(json(answered));
    };
  }

  private static String text(Answered answered) {
    return "%s %s %s %d %.1f ms %d>%d %s"
        .formatted(
            Instant.now(),
            answered.method(),
            oneWord(answered.path()),
            answered.status(),
            answered.nanos() / (double) MILLION,
            answered.received(),
            answered.sent(),
            answered.id());
  }

  /** A path as a client sent it may hold anything. */
  private static String oneWord(String path) {
    return path.replaceAll("[^!-~]", "?");
  }

  private static String json(Answered answered) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("time", Instant.now().toString());
    document.put("id", answered.id());
    document.put("method", answered.method());
    document.put("route", answered.route());
    document.put("path", answered.path());
    document.put("status", answered.status());
    document.put("received", answered.received());
    document.put("sent", answered.sent());
    document.put("ms", answered.nanos() / (double) MILLION);
    if (answered.traceparent() != null) {
      document.put("traceparent", answered.traceparent());
    }
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
