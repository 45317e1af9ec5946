package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse initializers and constants, in both forms of their indices. */
class SparseTensorsTest {
  private static final Tensor TWO = Tensor.of(Shape.of(2), 5, 7);
  @TempDir Path folder;

  private static SparseTensorProto sparse(Tensor values, Tensor indices, Long... dims) {
    return new SparseTensorProto(
        ModelWriter.proto("w", values), ModelWriter.proto("", indices), List.of(dims));
  }

  private static Tensor indices(Shape shape, long... values) {
    return Tensor.ofLongs(shape, values);
  }

  private Constant read(SparseTensorProto tensor) throws IOException {
    Path file =
        new ModelWriter(13)
            .input("x", 2, 3)
            .sparse(tensor)
            .node("Add", "y", List.of("x", "w"))
            .output("y")
            .write(folder);
    return ModelFile.read(file, Limits.DEFAULT).constants().get("w");
  }

  @Test
  void placesInTheFlattenedTensor() throws IOException {
    Constant w = read(sparse(TWO, indices(Shape.of(2), 1, 5), 2L, 3L));
    assertThat(elements(w)).containsExactly(0, 5, 0, 0, 0, 7);
  }

  private static double[] elements(Constant constant) {
    Tensor tensor = constant.tensor();
    double[] elements = new double[(int) tensor.shape().size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = tensor.doubleAt(i);
    }
    return elements;
  }

  @Test
  void anIndexAnAxis() throws IOException {
    Constant w = read(sparse(TWO, indices(Shape.of(2, 2), 0, 2, 1, 0), 2L, 3L));
    assertThat(elements(w)).containsExactly(0, 0, 5, 7, 0, 0);
  }

  @Test
  void noneIsZeroEverywhere() throws IOException {
    Tensor none = Tensor.zeros(Shape.of(0));
    assertThat(read(sparse(none, indices(Shape.of(0)), 2L, 3L))).isInstanceOf(Splat.class);
  }

  @Test
  void aConstantMayBeSparse() throws IOException {
    SparseTensorProto value = sparse(TWO, indices(Shape.of(2), 0, 2), 3L);
    Path file =
        new ModelWriter(13)
            .input("x", 2, 3)
            .node("Constant", "c", List.of(), AttributeProto.sparse("sparse_value", value))
            .node("Add", "y", List.of("x", "c"))
            .output("y")
            .write(folder);
    Constant c = ModelFile.read(file, Limits.DEFAULT).constants().get("c");
    assertThat(elements(c)).containsExactly(5, 0, 7);
  }

  @Test
  void indicesOutsideAreRefused() {
    for (long[] wrong : new long[][] {{0, 6}, {-1, 2}}) {
      assertThatThrownBy(() -> read(sparse(TWO, indices(Shape.of(2), wrong), 2L, 3L)))
          .hasMessageContaining("initializer \"w\": a sparse index of");
    }
    assertThatThrownBy(() -> read(sparse(TWO, indices(Shape.of(2, 2), 0, 2, 0, 3), 2L, 3L)))
        .hasMessageContaining("a sparse index of 3 is outside of");
    assertThatThrownBy(() -> read(sparse(TWO, indices(Shape.of(3), 0, 1, 2), 2L, 3L)))
        .hasMessageContaining("sparse indices");
  }

  /** The few bytes of a file may say any size; only the limits decide about that. */
  @Test
  void aHugeOneIsNotUnfolded() {
    SparseTensorProto huge = sparse(TWO, indices(Shape.of(2), 0, 1), 1L << 20, 1L << 20);
    assertThatThrownBy(() -> read(huge)).hasMessageContaining("bytes that are allowed");
  }
}
