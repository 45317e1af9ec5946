package io.clarinet.server.v2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.clarinet.graph.Input;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.DataType;
import io.clarinet.server.v2.InferRequest.InputHead;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the tensors of an inference request: from its JSON, and from the bytes after that. */
public final class InputReader {
  private final InferRequest request;
  private final byte[] body;
  private final int jsonLength;

  /**
   * @param request the head of
   * @param body the request's JSON and the bytes after it
   */
  public InputReader(InferRequest request, byte[] body, int jsonLength) {
    this.request = request;
    this.body = body;
    this.jsonLength = jsonLength;
  }

  /**
   * The inputs in the order that a model declares.
   *
   * @throws StatusException 400, naming the input and what is wrong
   */
  public List<Tensor> read(List<Input> declared) {
    checkNames(declared);
    Map<String, Tensor> tensors = new HashMap<>();
    long at = jsonLength;
    for (InputHead head : request.inputs()) {
      Input input = declared.stream().filter(i -> i.name().equals(head.name())).findFirst().get();
      Shape shape = shape(head, input);
      if (head.binarySize() >= 0) {
        tensors.put(head.name(), binary(head, shape, at));
        at += head.binarySize();
      } else {
        checkRoom(head, shape);
        tensors.put(head.name(), Tensor.zeros(head.type().type(), shape));
      }
    }
    if (at != body.length) {
      throw new StatusException(
          400,
          "%d bytes follow the JSON, %d are declared"
              .formatted(body.length - jsonLength, at - jsonLength));
    }
    fill(tensors);
    return declared.stream().map(input -> tensors.get(input.name())).toList();
  }

  private void checkNames(List<Input> declared) {
    List<String> given = request.inputs().stream().map(InputHead::name).toList();
    List<String> wanted = declared.stream().map(Input::name).toList();
    for (String name : given) {
      if (!wanted.contains(name) || given.indexOf(name) != given.lastIndexOf(name)) {
        throw new StatusException(
            400, "input " + name + " is unknown, or given twice; the model takes " + declared);
      }
    }
    if (given.size() != wanted.size()) {
      throw new StatusException(
          400, "%d inputs are given; the model takes %s".formatted(given.size(), declared));
    }
  }

  private static Shape shape(InputHead head, Input declared) {
    if (DataType.of(declared.type()).orElseThrow() != head.type()) {
      throw new StatusException(
          400,
          "input %s: datatype %s is given; the model takes %s"
              .formatted(head.name(), head.type(), declared));
    }
    long size = 1;
    int[] dims = new int[head.shape().size()];
    for (int i = 0; i < dims.length; i++) {
      long dim = head.shape().get(i);
      size = dim == 0 ? 0 : size > Integer.MAX_VALUE / dim ? Long.MAX_VALUE : size * dim;
      dims[i] = (int) Math.min(dim, Integer.MAX_VALUE);
    }
    if (size <= 0 || size > Integer.MAX_VALUE || !declared.accepts(Shape.of(dims))) {
      throw new StatusException(
          400,
          "input %s: shape %s is given; the model takes %s"
              .formatted(head.name(), head.shape(), declared));
    }
    return Shape.of(dims);
  }

  /** An element takes a byte of the text at least. */
  private void checkRoom(InputHead head, Shape shape) {
    if (shape.size() > jsonLength) {
      throw new StatusException(
          400,
          "input %s: shape %s has more elements than data".formatted(head.name(), head.shape()));
    }
  }

  private Tensor binary(InputHead head, Shape shape, long at) {
    ElementType type = head.type().type();
    long wanted = shape.size() * type.bytes();
    if (head.binarySize() != wanted || at + wanted > body.length) {
      throw new StatusException(
          400,
          "input %s: %d bytes are declared and %d follow; shape %s takes %d"
              .formatted(head.name(), head.binarySize(), body.length - at, head.shape(), wanted));
    }
    ByteBuffer bytes = ByteBuffer.wrap(body, (int) at, (int) wanted).slice();
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new StatusException(400, "binary tensors are not supported on this machine");
    }
    return Tensor.wrap(type, shape, bytes.order(ByteOrder.nativeOrder()));
  }

  /** Reads the JSON once more, now that all types and shapes are known. */
  private void fill(Map<String, Tensor> tensors) {
    if (request.inputs().stream().allMatch(head -> head.binarySize() >= 0)) {
      return;
    }
    try (JsonParser json = StrictJson.mapper().getFactory().createParser(body, 0, jsonLength)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean inputs = json.currentName().equals("inputs");
        json.nextToken();
        if (inputs) {
          fillAll(json, tensors);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw RequestReader.malformed(e);
    }
  }

  private void fillAll(JsonParser json, Map<String, Tensor> tensors) throws IOException {
    for (int i = 0; json.nextToken() == JsonToken.START_OBJECT; i++) {
      InputHead head = request.inputs().get(i);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = json.currentName().equals("data");
        json.nextToken();
        if (data) {
          new Elements(json, head, Objects.requireNonNull(tensors.get(head.name()))).read();
        } else {
          json.skipChildren();
        }
      }
    }
  }

  /** The elements of one tensor, nested as its shape or not, in the order of rows. */
  private static final class Elements {
    private final JsonParser json;
    private final InputHead head;
    private final Tensor tensor;
    private final List<FloatBuffer> floats = new ArrayList<>();
    private long at;

    Elements(JsonParser json, InputHead head, Tensor tensor) {
      this.json = json;
      this.head = head;
      this.tensor = tensor;
      if (tensor.type() == ElementType.FLOAT32) {
        floats.add(tensor.floats());
      }
    }

    void read() throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new StatusException(400, "input " + head.name() + ": data is a list");
      }
      for (int depth = 1; depth > 0; ) {
        switch (json.nextToken()) {
          case START_ARRAY -> depth++;
          case END_ARRAY -> depth--;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> add();
          default -> throw noElement();
        }
      }
      if (at != tensor.shape().size()) {
        throw count();
      }
    }

    private void add() throws IOException {
      if (at == tensor.shape().size()) {
        throw count();
      }
      if (!floats.isEmpty() && json.currentToken().isNumeric()) {
        floats.get(0).put((int) at, json.getFloatValue());
      } else if (head.type() == DataType.BOOL) {
        tensor.set(at, truth());
      } else if (tensor.type().isFloatingPoint() && json.currentToken().isNumeric()) {
        tensor.set(at, json.getDoubleValue());
      } else {
        tensor.set(at, integer());
      }
      at++;
    }

    private long truth() throws IOException {
      if (json.currentToken().isBoolean()) {
        return json.getBooleanValue() ? 1 : 0;
      }
      long value = integer();
      if (value > 1) {
        throw noElement();
      }
      return value;
    }

    private long integer() throws IOException {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw noElement();
      }
      java.math.BigInteger value = json.getBigIntegerValue();
      int bits = tensor.type().bits();
      boolean signed = tensor.type().isSigned();
      boolean fits =
          signed ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
      if (!fits) {
        throw noElement();
      }
      return value.longValue();
    }

    private StatusException noElement() {
      return new StatusException(
          400, "input %s: element %d is no %s".formatted(head.name(), at, head.type()));
    }

    private StatusException count() {
      return new StatusException(
          400,
          "input %s: shape %s takes %d elements; data has %s"
              .formatted(
                  head.name(),
                  head.shape(),
                  tensor.shape().size(),
                  at == tensor.shape().size() ? "more" : Long.toString(at)));
    }
  }
}
