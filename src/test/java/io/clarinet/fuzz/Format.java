package io.clarinet.fuzz;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.ZooTensors;
import io.clarinet.importer.onnx.OnnxSeeds;
import io.clarinet.importer.pytorch.PyTorchFile;
import io.clarinet.importer.pytorch.PyTorchWriter;
import io.clarinet.importer.pytorch.SampleCheckpoints;
import io.clarinet.importer.safetensors.SafetensorsFile;
import io.clarinet.importer.safetensors.SafetensorsWriter;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of files that are fuzzed, with how they are read and what to start from. */
enum Format {
  ONNX("onnx", OnnxFuzz.class) {
    @Override
    Collection<Constant> read(Path file) {
      Graph graph = ModelFile.read(file, ImportOptions.DEFAULT);
      return graph.constants().values();
    }

    @Override
    Map<String, byte[]> seeds() {
      return OnnxSeeds.all();
    }
  },

  SAFETENSORS("safetensors", SafetensorsFuzz.class) {
    @Override
    Collection<Constant> read(Path file) {
      Collection<Constant> tensors = SafetensorsFile.open(file).tensors().values();
      touch(tensors);
      return ModelFile.read(file, ImportOptions.DEFAULT).constants().values();
    }

    @Override
    Map<String, byte[]> seeds() throws IOException {
      Map<String, byte[]> seeds = new LinkedHashMap<>();
      Path file = Files.createTempFile("seed", ".safetensors");
      for (Map.Entry<String, Map<String, Tensor>> each : Format.tensors().entrySet()) {
        SafetensorsWriter.write(file, each.getValue(), Map.of("architecture", "resnet18:3"));
        seeds.put(each.getKey(), Files.readAllBytes(file));
      }
      Files.delete(file);
      return seeds;
    }
  },

  PYTORCH("pth", PyTorchFuzz.class) {
    @Override
    Collection<Constant> read(Path file) {
      StateDictionary dictionary = PyTorchFile.open(file);
      touch(dictionary.tensors().values());
      return ModelFile.read(file, ImportOptions.DEFAULT).constants().values();
    }

    @Override
    Map<String, byte[]> seeds() {
      Map<String, byte[]> seeds = new LinkedHashMap<>();
      Format.tensors().forEach((name, all) -> seeds.put(name + "-zip", PyTorchWriter.zip(all)));
      Format.tensors().forEach((name, all) -> seeds.put(name + "-old", PyTorchWriter.legacy(all)));
      seeds.put("checkpoint", SampleCheckpoints.checkpoint());
      seeds.put("script", SampleCheckpoints.script());
      return seeds;
    }
  },

  KERAS("h5", KerasFuzz.class) {
    @Override
    Collection<Constant> read(Path file) {
      return ModelFile.read(file, ImportOptions.DEFAULT).constants().values();
    }

    @Override
    Map<String, byte[]> seeds() throws IOException {
      return KerasSeeds.all();
    }
  },

  KERAS_ARCHIVE("keras", KerasArchiveFuzz.class) {
    @Override
    Collection<Constant> read(Path file) {
      return ModelFile.read(file, ImportOptions.DEFAULT).constants().values();
    }

    @Override
    Map<String, byte[]> seeds() throws IOException {
      return KerasSeeds.archives();
    }
  };

  private static final int MAX_TOUCHED = 1 << 16;

  private final String extension;

  private final Class<?> target;

  Format(String extension, Class<?> target) {
    this.extension = extension;
    this.target = target;
  }

  /** Jazzer's entry point for files of this kind. */
  Class<?> target() {
    return target;
  }

  String extension() {
    return extension;
  }

  /** Reads a file as users do; gives what it keeps of it. */
  abstract Collection<Constant> read(Path file);

  /** Small sound files by name. */
  abstract Map<String, byte[]> seeds() throws IOException;

  /** Asks for the elements of the smaller ones. */
  static void touch(Collection<Constant> constants) {
    for (Constant constant : constants) {
      if (constant.shape().size() <= MAX_TOUCHED) {
        constant.tensor();
      }
    }
  }

  private static Map<String, Map<String, Tensor>> tensors() {
    Map<String, Tensor> types = new LinkedHashMap<>();
    Tensor values = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    for (ElementType type : List.of(ElementType.FLOAT64, ElementType.FLOAT16, ElementType.INT64)) {
      types.put("layer." + type, values.as(type));
    }
    Map<String, Tensor> network = new LinkedHashMap<>();
    ZooTensors.of("cifar_resnet20")
        .forEach((name, tensor) -> network.put(name, tensor.shape().rank() == 1 ? tensor : values));
    return Map.of("one", Map.of("w", values), "types", types, "network", network);
  }
}
