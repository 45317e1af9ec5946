package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an array's calls give, beside values by hand. */
class ArrayCallsTest {
  private NDManager manager;
  private NDArray matrix;

  @BeforeEach
  void make() {
    manager = NDManager.newBaseManager(Device.cpu(), "Clarinet");
    matrix = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static void check(NDArray array, Shape shape, float... values) {
    assertThat(array.getShape()).isEqualTo(shape);
    assertThat(array.toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(values);
  }

  @Test
  void arithmeticBroadcasts() {
    check(matrix.add(10), new Shape(2, 3), 11, 12, 13, 14, 15, 16);
    NDArray row = manager.create(new float[] {1, 0, 2});
    check(matrix.mul(row), new Shape(2, 3), 1, 0, 6, 4, 0, 12);
    NDArray column = manager.create(new float[] {1, 2}, new Shape(2, 1));
    check(row.sub(column), new Shape(2, 3), 0, -1, 1, -1, -2, 0);
    check(matrix.gt(3), new Shape(2, 3), 0, 0, 0, 1, 1, 1);
    check(matrix.eq(row), new Shape(2, 3), 1, 0, 0, 0, 0, 0);
    check(matrix.clip(2, 4.5), new Shape(2, 3), 2, 2, 3, 4, 4.5f, 4.5f);
    check(manager.create(new float[] {-1, 5, 7}).mod(3), new Shape(3), 2, 2, 1);
    check(matrix.getNDArrayInternal().rdiv(6), new Shape(2, 3), 6, 3, 2, 1.5f, 1.2f, 1);
    assertThatThrownBy(() -> matrix.add(manager.create(new float[2])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inPlaceChangesTheArrayAndNoOther() {
    NDArray copy = matrix.duplicate();
    assertThat(matrix.addi(1).divi(manager.create(2f))).isSameAs(matrix);
    check(matrix, new Shape(2, 3), 1, 1.5f, 2, 2.5f, 3, 3.5f);
    check(copy, new Shape(2, 3), 1, 2, 3, 4, 5, 6);
    NDArray bytes = manager.create(new byte[] {1, 2});
    assertThatThrownBy(() -> bytes.divi(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void typesFollowPyTorch() {
    NDArray bytes = manager.create(new byte[] {7, 9}).toType(DataType.UINT8, false);
    assertThat(bytes.add(1).getDataType()).isEqualTo(DataType.UINT8);
    assertThat(bytes.add(1.5).getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(bytes.div(2).getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(bytes.add(manager.create(new int[] {1})).getDataType()).isEqualTo(DataType.INT64);
    assertThat(bytes.gt(8).getDataType()).isEqualTo(DataType.BOOLEAN);
    assertThat(matrix.mul(0.5).getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(bytes.sum().getDataType()).isEqualTo(DataType.INT64);
    check(bytes.div(2), new Shape(2), 3.5f, 4.5f);
  }

  @Test
  void elementsByThemselves() {
    NDArray values = manager.create(new float[] {-2.5f, 0.5f, 2.25f});
    check(values.neg(), new Shape(3), 2.5f, -0.5f, -2.25f);
    check(values.abs(), new Shape(3), 2.5f, 0.5f, 2.25f);
    check(values.floor(), new Shape(3), -3, 0, 2);
    check(values.ceil(), new Shape(3), -2, 1, 3);
    check(values.round(), new Shape(3), -2, 0, 2);
    check(values.square(), new Shape(3), 6.25f, 0.25f, 5.0625f);
    check(manager.create(new int[] {4}).sqrt(), new Shape(1), 2);
    check(manager.create(0f).exp(), new Shape(), 1);
    check(manager.create(1f).log(), new Shape(), 0);
  }

  @Test
  void rowsAreReduced() {
    check(matrix.max(), new Shape(), 6);
    check(matrix.max(new int[] {0}), new Shape(3), 4, 5, 6);
    check(matrix.min(new int[] {-1}, true), new Shape(2, 1), 1, 4);
    check(matrix.sum(new int[] {0, 1}), new Shape(), 21);
    check(matrix.mean(new int[] {1}), new Shape(2), 2, 5);
    assertThat(matrix.argMax().toLongArray()).containsExactly(5);
    assertThat(matrix.argMax(0).toLongArray()).containsExactly(1, 1, 1);
    NDArray shares = manager.create(new float[] {1000, 1000, 999}).softmax(-1);
    double part = 1 / (2 + Math.exp(-1));
    assertThat(shares.toFloatArray()[1]).isCloseTo((float) part, within(1e-7f));
    assertThat(shares.sum().getFloat()).isCloseTo(1, within(1e-6f));
  }

  @Test
  void elementsMove() {
    check(matrix.transpose(), new Shape(3, 2), 1, 4, 2, 5, 3, 6);
    check(matrix.expandDims(0).transpose(2, 0, 1), new Shape(3, 1, 2), 1, 4, 2, 5, 3, 6);
    check(matrix.flip(1), new Shape(2, 3), 3, 2, 1, 6, 5, 4);
    check(matrix.reshape(3, -1), new Shape(3, 2), 1, 2, 3, 4, 5, 6);
    check(matrix.reshape(1, 6).squeeze(), new Shape(6), 1, 2, 3, 4, 5, 6);
    check(matrix.tile(1, 2), new Shape(2, 6), 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    check(manager.create(7f).broadcast(2, 2), new Shape(2, 2), 7, 7, 7, 7);
    check(matrix.pad(new Shape(1, 0), 9), new Shape(2, 4), 9, 1, 2, 3, 9, 4, 5, 6);
    check(matrix.stack(matrix, 1).get(":, 1"), new Shape(2, 3), 1, 2, 3, 4, 5, 6);
    check(matrix.concat(matrix, -1).get(1), new Shape(6), 4, 5, 6, 4, 5, 6);
    assertThatThrownBy(() -> matrix.squeeze(0)).hasMessageContaining("squeeze of axis 0");
    assertThatThrownBy(() -> matrix.transpose(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NDArrays.concat(new NDList(matrix, manager.create(1f).reshape(1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partsAreTakenAndSet() {
    check(matrix.get(1, 2), new Shape(), 6);
    check(matrix.get("..., 1:"), new Shape(2, 2), 2, 3, 5, 6);
    check(matrix.get(":, ::2"), new Shape(2, 2), 1, 3, 4, 6);
    check(matrix.get(manager.create(new long[] {1, 1})), new Shape(2, 3), 4, 5, 6, 4, 5, 6);
    check(matrix.get(matrix.gt(4)), new Shape(2), 5, 6);
    check(matrix.booleanMask(matrix.get(0).gt(1), 1), new Shape(2, 2), 2, 3, 5, 6);
    matrix.set(new NDIndex(":, 0"), 9);
    matrix.set(new NDIndex("1"), part -> part.mul(2));
    check(matrix, new Shape(2, 3), 9, 2, 3, 18, 10, 12);
    assertThatThrownBy(() -> matrix.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    NDList halves = matrix.split(new long[] {1}, 1);
    check(halves.get(1), new Shape(2, 2), 2, 3, 10, 12);
    assertThat(matrix.split(3, 1)).hasSize(3);
  }

  @Test
  void batchesAreStackedPaddedAndSplit() {
    NDList shorter = new NDList(manager.create(new float[] {1, 2}));
    NDList longer = new NDList(manager.create(new float[] {3, 4, 5}));
    NDList padded = Batchifier.fromString("padding").batchify(new NDList[] {shorter, longer});
    check(padded.get(0), new Shape(2, 3), 1, 2, 0, 3, 4, 5);
    NDList[] single = Batchifier.STACK.unbatchify(padded);
    check(single[1].get(0), new Shape(3), 3, 4, 5);
    assertThat(Batchifier.STACK.split(padded, 2, true)).hasSize(2);
  }

  @Test
  void contentsGoInAndOut() {
    assertThat(manager.create(new long[] {1, -2}).toLongArray()).containsExactly(1, -2);
    assertThat(manager.create(new boolean[] {true, false}).toBooleanArray())
        .containsExactly(true, false);
    assertThat(manager.decode(matrix.encode())).isEqualTo(matrix);
    assertThat(matrix).isEqualTo(matrix.duplicate()).isNotEqualTo(matrix.add(1));
    assertThat(matrix.toString()).contains("ND: (2, 3) cpu() float32");
    check(manager.ones(new Shape(2)).add(manager.full(new Shape(2), 2)), new Shape(2), 3, 3);
  }
}
