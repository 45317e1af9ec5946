package io.clarinet.server.v2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.DataType;
import io.clarinet.server.v2.InferRequest.InputHead;
import io.clarinet.server.v2.InferRequest.OutputHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an inference request from its JSON, and leaves its elements out: nothing is
 * taken for them before type and shape are known.
 */
final class RequestReader {
  private static final int MOST_INPUTS = 1000;
  private static final int MOST_DIMS = 16;

  private final JsonParser json;

  private RequestReader(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws StatusException 400, naming what is wrong
   */
  static InferRequest read(byte[] text, int from, int length) {
    try (JsonParser json = StrictJson.mapper().getFactory().createParser(text, from, length)) {
      return new RequestReader(json).request();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** What a parser says, less the text that it says it of. */
  static StatusException malformed(IOException e) {
    String why =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException known
            ? known.getOriginalMessage()
            : "it ends too early";
    return new StatusException(400, "the request is no JSON: " + why);
  }

  private InferRequest request() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "a request", "an object");
    String id = null;
    Map<String, Object> parameters = Map.of();
    List<InputHead> inputs = List.of();
    List<OutputHead> outputs = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "id" -> id = text(value, "id");
        case "parameters" -> parameters = parameters(value);
        case "inputs" -> inputs = list(value, "inputs", this::input);
        case "outputs" -> outputs = list(value, "outputs", this::output);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new StatusException(400, "something follows the request's JSON");
    }
    return new InferRequest(id, parameters, inputs, outputs);
  }

  private interface Reader<T> {
    T read() throws IOException;
  }

  private <T> List<T> list(JsonToken value, String name, Reader<T> reader) throws IOException {
    expect(value, JsonToken.START_ARRAY, name, "a list");
    List<T> all = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (all.size() >= MOST_INPUTS) {
        throw new StatusException(400, name + " has more than " + MOST_INPUTS + " elements");
      }
      all.add(reader.read());
    }
    return all;
  }

  private InputHead input() throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, "an input", "an object");
    String name = null;
    String type = null;
    List<Long> shape = null;
    Map<String, Object> parameters = Map.of();
    boolean data = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "name" -> name = text(value, "an input's name");
        case "datatype" -> type = text(value, "datatype");
        case "shape" -> shape = shape(value);
        case "parameters" -> parameters = parameters(value);
        case "data" -> {
          data = true;
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
    return input(name, type, shape, parameters, data);
  }

  private static InputHead input(
      @Nullable String name,
      @Nullable String type,
      @Nullable List<Long> shape,
      Map<String, Object> parameters,
      boolean data) {
    if (name == null || type == null || shape == null) {
      throw new StatusException(400, "an input needs name, datatype and shape");
    }
    DataType known =
        DataType.named(type)
            .orElseThrow(
                () ->
                    new StatusException(
                        400, "input " + name + ": datatype " + type + " is not supported"));
    if (parameters.containsKey("shared_memory_region")) {
      throw new StatusException(400, "input " + name + ": shared memory is not supported");
    }
    long size = parameters.get("binary_data_size") instanceof Number n ? n.longValue() : -1;
    if (size < 0 == !data) {
      throw new StatusException(
          400, "input " + name + " has its elements either as data or by binary_data_size");
    }
    return new InputHead(name, known, shape, size);
  }

  private List<Long> shape(JsonToken value) throws IOException {
    expect(value, JsonToken.START_ARRAY, "shape", "a list");
    List<Long> dims = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "an extent", "an integer");
      long dim = json.getLongValue();
      if (dim < 0 || dims.size() == MOST_DIMS) {
        throw new StatusException(400, "a shape has at most 16 extents, none below zero");
      }
      dims.add(dim);
    }
    return dims;
  }

  private OutputHead output() throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, "an output", "an object");
    String name = null;
    Map<String, Object> parameters = Map.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "name" -> name = text(value, "an output's name");
        case "parameters" -> parameters = parameters(value);
        default -> json.skipChildren();
      }
    }
    if (name == null) {
      throw new StatusException(400, "an output needs a name");
    }
    if (parameters.containsKey("shared_memory_region")) {
      throw new StatusException(400, "output " + name + ": shared memory is not supported");
    }
    Boolean binary = parameters.get("binary_data") instanceof Boolean b ? b : null;
    int classes = parameters.get("classification") instanceof Number n ? n.intValue() : 0;
    if (classes < 0) {
      throw new StatusException(400, "output " + name + ": classification is below zero");
    }
    return new OutputHead(name, binary, classes);
  }

  private Map<String, Object> parameters(JsonToken value) throws IOException {
    expect(value, JsonToken.START_OBJECT, "parameters", "an object");
    Map<String, Object> parameters = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> parameters.put(name, json.getText());
        case VALUE_NUMBER_INT -> parameters.put(name, json.getLongValue());
        case VALUE_NUMBER_FLOAT -> parameters.put(name, json.getDoubleValue());
        case VALUE_TRUE, VALUE_FALSE -> parameters.put(name, json.getBooleanValue());
        default -> json.skipChildren();
      }
    }
    return parameters;
  }

  private String text(JsonToken value, String what) throws IOException {
    expect(value, JsonToken.VALUE_STRING, what, "a text");
    return json.getText();
  }

  private static void expect(
      @Nullable JsonToken found, JsonToken wanted, String what, String kind) {
    if (found != wanted) {
      throw new StatusException(400, what + " is " + kind);
    }
  }
}
