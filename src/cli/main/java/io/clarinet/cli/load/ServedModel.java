package io.clarinet.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.server.model.DataType;
import io.clarinet.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as a server describes it by the Open Inference Protocol.
 *
 * @param inputs in declared order
 */
public record ServedModel(Address address, String name, List<Value> inputs) {
  private static final int OPEN_SIDE = 224;

  public ServedModel {
    inputs = List.copyOf(inputs);
  }

  /**
   * An input.
   *
   * @param shape extents that are open are chosen: one item, sides of 224
   */
  public record Value(String name, DataType type, Shape shape) {}

  /**
   * Asks a server for a model.
   *
   * @param name empty for the only one that it serves
   * @throws IOException if the server does not answer, or has not exactly one and no name is given
   */
  public static ServedModel of(Address address, String name, int items) throws IOException {
    String known = name.isEmpty() ? only(address) : name;
    JsonNode document = address.get("/v2/models/" + known);
    List<Value> inputs = new ArrayList<>();
    for (JsonNode input : document.path("inputs")) {
      String type = input.path("datatype").asText();
      DataType sent =
          DataType.named(type)
              .orElseThrow(
                  () -> new IOException(known + " takes " + type + ", which cannot be made up"));
      inputs.add(new Value(input.path("name").asText(), sent, shape(input, items)));
    }
    return new ServedModel(address, known, inputs);
  }

  private static String only(Address address) throws IOException {
    List<String> names = new ArrayList<>();
    address.post("/v2/repository/index").forEach(m -> names.add(m.path("name").asText()));
    if (names.size() != 1) {
      throw new IOException(address.url() + " serves " + names + "; --model names one");
    }
    return names.get(0);
  }

  private static Shape shape(JsonNode input, int items) {
    int[] dims = new int[input.path("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      int dim = input.path("shape").get(i).asInt();
      dims[i] = dim >= 0 ? dim : i == 0 ? items : OPEN_SIDE;
    }
    return Shape.of(dims);
  }

  /** Batches that the server has run since the model was loaded, by their number of items. */
  Map<Integer, Long> batches() throws IOException {
    Map<Integer, Long> batches = new TreeMap<>();
    for (JsonNode model : address.get("/v2/models/" + name + "/stats").path("model_stats")) {
      for (JsonNode batch : model.path("batch_stats")) {
        batches.put(
            batch.path("batch_size").asInt(), batch.path("compute_infer").path("count").asLong());
      }
    }
    return batches;
  }
}
