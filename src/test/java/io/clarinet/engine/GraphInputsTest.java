package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Model;
import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.NarrowingException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphInputsTest {
  @TempDir Path folder;

  private GraphInputs inputs() throws IOException {
    return new GraphInputs(
        Model.load(
                new ModelWriter(17)
                    .input("x", DataType.DOUBLE, 3)
                    .node("Add", "y", List.of("x", "x"))
                    .output("y", DataType.DOUBLE)
                    .write(folder))
            .graph());
  }

  private static List<Tensor> doubles(double last) {
    Tensor x = Tensor.zeros(ElementType.FLOAT64, Shape.of(3));
    x.set(2, last);
    return List.of(x);
  }

  /** Before, it was infinite from there on, without a word. */
  @ParameterizedTest
  @ValueSource(doubles = {7.3e199, -3.5e38, 1e39})
  void aNumberBeyondFloat32IsRefusedByItsInputsName(double number) throws IOException {
    GraphInputs inputs = inputs();
    assertThatThrownBy(() -> inputs.check(doubles(number)))
        .isInstanceOf(NarrowingException.class)
        .hasMessageContainingAll("input \"x\" holds " + number, "float32");
  }

  @Test
  void infinityAndTheLargestNumberStayWhatTheyAre() throws IOException {
    GraphInputs inputs = inputs();
    for (double number :
        new double[] {Float.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN, 1e-300}) {
      assertThatCode(() -> inputs.check(doubles(number))).doesNotThrowAnyException();
    }
  }
}
