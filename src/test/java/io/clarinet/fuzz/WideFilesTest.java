package io.clarinet.fuzz;

import io.clarinet.importer.keras.KerasArchiveWriter;
import io.clarinet.importer.keras.KerasThree;
import io.clarinet.importer.onnx.ModelWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sound and wide keep the contract as all others do. */
class WideFilesTest {
  private static final String EMPTY = "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";

  @Test
  void aSumOfTwentyThousandInputs() throws IOException {
    ImportContract.of(Format.ONNX).check(fault("fault-variadic-quadratic.onnx"));
  }

  /** The most inputs that are read, about, and more. */
  @ParameterizedTest
  @ValueSource(ints = {36_000, 100_000})
  void aSumOfSoManyInputs(int inputs) {
    ModelWriter model = new ModelWriter(13).input("x", 1, 4).output("y");
    model.node("Sum", "y", Collections.nCopies(inputs, "x"));
    ImportContract.of(Format.ONNX).check(model.bytes());
  }

  /** Beyond, at, and just below the most tensors that a file may hold. */
  @ParameterizedTest
  @CsvSource({"200000, n%d", "16385, fc.%d_w", "16384, fc.%d_w", "16384, n%d"})
  void safetensorsOfManyNames(int tensors, String name) throws IOException {
    String header =
        IntStream.range(0, tensors)
            .mapToObj(i -> '"' + name.formatted(i) + "\":" + EMPTY)
            .collect(Collectors.joining(",", "{", "}"));
    ByteBuffer file = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    ImportContract.of(Format.SAFETENSORS).check(file.array());
  }

  /** As many inputs as a small archive's text holds, joined; and layers one after the other. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void archivesOfManyLayers(boolean inputs) throws IOException {
    KerasThree model = new KerasThree("m").input("i0", "[null,1]");
    StringBuilder joined = new StringBuilder(KerasThree.tensor("i0"));
    for (int i = 1; i < (inputs ? 4400 : 3600); i++) {
      if (inputs) {
        model.input("i" + i, "[null,1]");
        joined.append(',').append(KerasThree.tensor("i" + i));
      } else {
        model.layer("ReLU", "i" + i, "", KerasThree.tensor("i" + (i - 1)));
      }
    }
    String last = inputs ? "join" : "i3599";
    String config =
        (inputs ? model.layer("Concatenate", "join", "", "[" + joined + "]") : model).json(last);
    KerasArchiveWriter writer = new KerasArchiveWriter().layer("layers/x", new float[1]);
    byte[] archive = KerasArchiveWriter.zip(ZipEntry.DEFLATED, writer.entries(config));
    ImportContract.of(Format.KERAS_ARCHIVE).check(archive);
  }

  private static byte[] fault(String name) throws IOException {
    try (InputStream in = WideFilesTest.class.getResourceAsStream("/faults/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
