package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** One JSON document with an array whose elements are written as they come. */
final class StreamedJson {
  private final JsonGenerator json;
  private final PrintWriter out;

  /** Begins a document with these members, then the array's name. */
  StreamedJson(ObjectMapper mapper, PrintWriter out, Map<String, ?> head, String array)
      throws IOException {
    this.out = out;
    this.json = mapper.createGenerator(out).useDefaultPrettyPrinter();
    json.writeStartObject();
    writeAll(head);
    json.writeArrayFieldStart(array);
    json.flush();
  }

  private void writeAll(Map<String, ?> members) throws IOException {
    for (Map.Entry<String, ?> member : members.entrySet()) {
      json.writePOJOField(member.getKey(), member.getValue());
    }
  }

  void add(Object element) throws IOException {
    json.writePOJO(element);
    json.flush();
  }

  /** Ends the array, and the document with these members. */
  void end(Map<String, ?> tail) throws IOException {
    json.writeEndArray();
    writeAll(tail);
    json.writeEndObject();
    json.close();
    out.println();
    out.flush();
  }
}
