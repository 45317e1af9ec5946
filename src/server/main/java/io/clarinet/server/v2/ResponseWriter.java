package io.clarinet.server.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clarinet.graph.Input;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.Served;
import io.clarinet.server.v2.InferRequest.OutputHead;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the answer to an inference request: JSON, and bytes after it where they are asked for. */
final class ResponseWriter {
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";
  private static final String BINARY = "application/octet-stream";

  private final InferRequest request;
  private final Served served;
  private final List<ByteBuffer> binary = new ArrayList<>();

  ResponseWriter(InferRequest request, Served served) {
    this.request = request;
    this.served = served;
  }

  /** The answer. */
  Response write(List<Tensor> results) {
    List<OutputHead> wanted = request.outputsOf(served);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = StrictJson.mapper().getFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("model_name", served.name());
      json.writeStringField("model_version", ModelRoutes.VERSION);
      if (request.id() != null) {
        json.writeStringField("id", request.id());
      }
      Map<String, Object> echoed = new LinkedHashMap<>(request.parameters());
      echoed.remove("binary_data_output");
      if (!echoed.isEmpty()) {
        json.writePOJOField("parameters", echoed);
      }
      json.writeArrayFieldStart("outputs");
      List<String> names = served.signature().outputs().stream().map(Input::name).toList();
      for (OutputHead output : wanted) {
        write(json, output, results.get(names.indexOf(output.name())));
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return response(text.toByteArray());
  }

  private Response response(byte[] text) {
    List<ByteBuffer> body = new ArrayList<>();
    body.add(ByteBuffer.wrap(text));
    if (binary.isEmpty()) {
      return new Response(200, "application/json", Map.of(), body);
    }
    body.addAll(binary);
    return new Response(200, BINARY, Map.of(HEADER_LENGTH, Integer.toString(text.length)), body);
  }

  private void write(JsonGenerator json, OutputHead output, Tensor result) throws IOException {
    boolean after = output.binary() == null ? request.isBinary() : output.binary();
    json.writeStartObject();
    json.writeStringField("name", output.name());
    if (output.classes() > 0) {
      classes(json, output, result, after);
    } else {
      elements(json, result, after);
    }
    json.writeEndObject();
  }

  private void elements(JsonGenerator json, Tensor result, boolean after) throws IOException {
    DataType type = DataType.of(result.type()).orElseThrow();
    json.writeStringField("datatype", type.name());
    json.writeArrayFieldStart("shape");
    for (int dim : result.shape().dims()) {
      json.writeNumber(dim);
    }
    json.writeEndArray();
    if (after) {
      addBinary(json, result.bytes());
      return;
    }
    json.writeArrayFieldStart("data");
    for (long i = 0; i < result.shape().size(); i++) {
      element(json, result, i);
    }
    json.writeEndArray();
  }

  private static void element(JsonGenerator json, Tensor result, long i) throws IOException {
    if (result.type() == ElementType.BOOL) {
      json.writeBoolean(result.longAt(i) != 0);
    } else if (result.type() == ElementType.UINT64) {
      json.writeNumber(Long.toUnsignedString(result.longAt(i)));
    } else if (!result.type().isFloatingPoint()) {
      json.writeNumber(result.longAt(i));
    } else if (result.type() == ElementType.FLOAT64) {
      finite(json, result.doubleAt(i));
    } else {
      float value = (float) result.doubleAt(i);
      if (Float.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  /** JSON has no word for the others. */
  private static void finite(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private void addBinary(JsonGenerator json, ByteBuffer bytes) throws IOException {
    json.writeObjectFieldStart("parameters");
    json.writeNumberField("binary_data_size", bytes.remaining());
    json.writeEndObject();
    binary.add(bytes);
  }

  /** The classification extension: a text of probability, index and label for each class. */
  private void classes(JsonGenerator json, OutputHead output, Tensor result, boolean after)
      throws IOException {
    Classes classes = Classes.of(served, result, output.classes());
    json.writeStringField("datatype", "BYTES");
    json.writeArrayFieldStart("shape");
    json.writeNumber(classes.items());
    json.writeNumber(classes.top());
    json.writeEndArray();
    if (after) {
      addBinary(json, classes.bytes());
    } else {
      json.writeArrayFieldStart("data");
      for (String text : classes.texts()) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }
}
