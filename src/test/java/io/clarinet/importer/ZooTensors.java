package io.clarinet.importer;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.Map;

/** Seeded tensors of an architecture, as a file of its weights would hold them. */
public final class ZooTensors {
  private ZooTensors() {}

  /** By the zoo's names, in the order in which the architecture asks for them. */
  public static Map<String, Tensor> of(String architecture) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SeededWeights seeded = new SeededWeights(4);
    Zoo.find(architecture)
        .orElseThrow()
        .graph(
            new Weights() {
              @Override
              public Tensor get(String name, Shape shape, Init init) {
                Tensor tensor = seeded.get(name, shape, init).tensor();
                tensors.put(name, tensor);
                return tensor;
              }

              @Override
              public boolean areTrained() {
                return true;
              }
            });
    return tensors;
  }
}
