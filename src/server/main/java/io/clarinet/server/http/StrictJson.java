package io.clarinet.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/** JSON within limits: what comes from outside is neither deep nor long without end. */
public final class StrictJson {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 1 << 16;
  private static final int LONGEST_TEXT = 1 << 26;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxNameLength(LONGEST_NAME)
                      .maxStringLength(LONGEST_TEXT)
                      .build())
              .build());

  private StrictJson() {}

  /** Reads and writes documents and streams. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A document of maps, lists and values in UTF-8. */
  public static byte[] bytes(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
