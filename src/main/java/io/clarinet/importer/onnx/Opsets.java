package io.clarinet.importer.onnx;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Obstacle;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import java.nio.file.Path;
import java.util.List;

/** The versions of ONNX's own operators that a model's parts use. */
final class Opsets {
  private static final int OLDEST = 1;
  private static final int NEWEST = 27;

  /** Files before this version of the format do not say an opset, and mean the first. */
  private static final int FIRST_TO_SAY = 3;

  private final Path file;
  private final int ofModel;

  Opsets(Path file, ModelProto model) {
    this.file = file;
    boolean old = model.irVersion() > 0 && model.irVersion() < FIRST_TO_SAY;
    this.ofModel = version(model.opsetImports(), old ? OLDEST : 0);
  }

  /** The model's; 0 if it says none. */
  int ofModel() {
    return ofModel;
  }

  /** A function's own, or the model's where it says none. */
  int of(List<OperatorSetIdProto> imports) {
    return version(imports, ofModel);
  }

  private int version(List<OperatorSetIdProto> imports, int otherwise) {
    for (OperatorSetIdProto set : imports) {
      if (set.domain().isEmpty() || set.domain().equals("ai.onnx")) {
        return supported(set.version());
      }
    }
    return otherwise;
  }

  private int supported(long version) {
    if (version >= OLDEST && version <= NEWEST) {
      return (int) version;
    }
    String opset = "opset " + version;
    throw ModelFormatException.unsupported(
        file,
        String.format(
            "opset %d is not supported (%d to %d are); convert the model to one that is",
            version, OLDEST, NEWEST),
        List.of(opset),
        List.of(new Obstacle(opset, 1, "the model", OnnxRemedies.of(opset))));
  }
}
