package io.clarinet.fuzz;

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

  private static byte[] fault(String name) throws IOException {
    try (InputStream in = WideFilesTest.class.getResourceAsStream("/faults/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
