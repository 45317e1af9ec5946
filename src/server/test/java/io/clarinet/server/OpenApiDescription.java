package io.clarinet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.clarinet.server.http.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A description in OpenAPI 3.1, and answers held against it. */
final class OpenApiDescription {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode document;

  OpenApiDescription(JsonNode document) {
    this.document = document;
  }

  /** A method of a path. */
  final class Operation {
    private final String method;
    private final String path;
    private final JsonNode node;

    private Operation(String method, String path, JsonNode node) {
      this.method = method;
      this.path = path;
      this.node = node;
    }

    String method() {
      return method;
    }

    String path() {
      return path;
    }

    JsonNode node() {
      return node;
    }

    boolean isOpen() {
      return node.has("security") && node.path("security").isEmpty();
    }

    /** Parameters of a place by name. */
    Map<String, JsonNode> parameters(String place) {
      Map<String, JsonNode> found = new TreeMap<>();
      for (JsonNode each : node.path("parameters")) {
        JsonNode parameter = resolved(each);
        if (parameter.path("in").asText().equals(place)) {
          found.put(parameter.path("name").asText(), parameter);
        }
      }
      return found;
    }

    /**
     * The address with the examples of its parameters that have one, but for those that are given.
     */
    String address(Map<String, String> given) {
      String address = path;
      for (var part : parameters("path").entrySet()) {
        String value = given.getOrDefault(part.getKey(), part.getValue().path("example").asText());
        address = address.replace("{" + part.getKey() + "}", value);
      }
      List<String> query = new ArrayList<>();
      parameters("query")
          .forEach(
              (name, told) -> {
                if (told.has("example")) {
                  query.add(name + "=" + told.path("example").asText());
                }
              });
      return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    /** Bodies in JSON by name. */
    Map<String, JsonNode> bodyExamples() {
      Map<String, JsonNode> found = new LinkedHashMap<>();
      node.at("/requestBody/content/application~1json/examples")
          .properties()
          .forEach(e -> found.put(e.getKey(), e.getValue().path("value")));
      return found;
    }

    /** The answer that is given as an example, or null. */
    JsonNode example(String status) {
      JsonNode told = response(status).at("/content/application~1json/example");
      return told.isMissingNode() ? null : told;
    }

    Set<String> statuses() {
      Set<String> statuses = new TreeSet<>();
      node.path("responses").fieldNames().forEachRemaining(statuses::add);
      return statuses;
    }

    private JsonNode response(String status) {
      return resolved(node.path("responses").path(status));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** All operations in their order. */
  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        each ->
                            all.add(
                                new Operation(
                                    each.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    each.getValue()))));
    return all;
  }

  /** The operation of a route, which is there. */
  Operation operation(String method, String path) {
    return operations().stream()
        .filter(o -> o.toString().equals(method + " " + path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
  }

  /** A text at a JSON pointer. */
  String text(String pointer) {
    return document.at(pointer).asText();
  }

  private JsonNode resolved(JsonNode node) {
    String to = node.path("$ref").asText("");
    return to.isEmpty() ? node : document.at(to.substring(1));
  }

  /** Fails if a reference points to nothing. */
  void checkReferences() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(to -> assertThat(document.at(to.substring(1)).isMissingNode()).isFalse());
  }

  /**
   * Holds an answer against its description.
   *
   * @return the answer's document; null if it is no JSON
   */
  JsonNode check(Operation operation, HttpResponse<byte[]> reply) throws IOException {
    String status = Integer.toString(reply.statusCode());
    assertThat(operation.statuses()).as(operation.toString()).contains(status);
    JsonNode response = operation.response(status);
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              if (!header.getValue().path("description").asText().contains("only where")) {
                assertThat(reply.headers().firstValue(header.getKey()))
                    .as(header.getKey())
                    .isPresent();
              }
            });
    String type = reply.headers().firstValue("Content-Type").orElse("").split(";")[0];
    assertThat(response.path("content").has(type)).as("%s: %s", operation, type).isTrue();
    if (!type.equals("application/json")) {
      return StrictJson.mapper().createObjectNode();
    }
    JsonNode answer = StrictJson.mapper().readTree(reply.body());
    assertThat(problems(operation, status, type, answer)).as("%s: %s", operation, answer).isEmpty();
    return answer;
  }

  /** What of an answer is not as its schema says. */
  Set<ValidationMessage> problems(
      Operation operation, String status, String type, JsonNode answer) {
    ObjectNode schema = StrictJson.mapper().createObjectNode();
    schema.setAll(
        (ObjectNode) operation.response(status).path("content").path(type).path("schema"));
    schema.set("components", document.path("components"));
    return SCHEMAS.getSchema(schema).validate(answer);
  }
}
