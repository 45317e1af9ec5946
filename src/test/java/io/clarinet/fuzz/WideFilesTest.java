package io.clarinet.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files that are sound and wide keep the contract as all others do. */
class WideFilesTest {

  @Test
  void aSumOfTwentyThousandInputs() throws IOException {
    ImportContract.of(Format.ONNX).check(fault("fault-variadic-quadratic.onnx"));
  }

  private static byte[] fault(String name) throws IOException {
    try (InputStream in = WideFilesTest.class.getResourceAsStream("/faults/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
