package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestTensors;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators' answers about a batch's items, against the behaviour of their references. */
class ItemsApartTest {
  private static final int BATCH = 6;
  private static final Random RANDOM = new Random(1);
  private static final Unary ABS = new Unary(Unary.Kind.ABS, 0, 0);
  private static final WindowNd PAIRS = pairs(1);

  /** An input, and whether it holds items. */
  private record In(Tensor tensor, boolean items) {}

  private static WindowNd pairs(int axes) {
    List<Integer> ones = IntStream.range(0, axes).mapToObj(i -> 1).toList();
    List<Integer> twos = IntStream.range(0, axes).mapToObj(i -> 2).toList();
    List<Integer> none = IntStream.range(0, 2 * axes).mapToObj(i -> 0).toList();
    return new WindowNd(twos, ones, ones, Padding.Rule.EXPLICIT, none);
  }

  private static In items(int... rest) {
    int[] dims = IntStream.concat(IntStream.of(BATCH), Arrays.stream(rest)).toArray();
    return new In(TestTensors.random(RANDOM, dims), true);
  }

  private static In weights(int... dims) {
    return new In(TestTensors.random(RANDOM, dims), false);
  }

  private static In positive(int... dims) {
    return new In(ABS.evaluate(List.of(TestTensors.random(RANDOM, dims))).get(0), false);
  }

  private static In longs(long... elements) {
    return new In(Tensor.ofLongs(Shape.of(elements.length), elements), false);
  }

  private static In indices(boolean items, int below, int... dims) {
    Shape shape = Shape.of(dims);
    long[] elements = RANDOM.longs(shape.size(), 0, below).toArray();
    return new In(Tensor.ofLongs(shape, elements), items);
  }

  private static In flag(boolean items, boolean value, int... dims) {
    Tensor tensor = Tensor.zeros(ElementType.BOOL, Shape.of(dims));
    IntStream.range(0, (int) tensor.shape().size())
        .forEach(i -> tensor.set(i, (items ? i % 2 == 0 : value) ? 1L : 0L));
    return new In(tensor, items);
  }

  /** One function or another, each of a value of its own. */
  private static If choice(Op then, Op otherwise) {
    return new If(branch(then), branch(otherwise));
  }

  private static Branch branch(Op op) {
    Branch.Call call = new Branch.Call("f", op, List.of("a"), List.of("b"));
    return new Branch(List.of("a"), List.of(call), List.of("b"));
  }

  private static ItemsApart apart(Op op, In... inputs) {
    return new ItemsApart(
        op,
        BATCH,
        Arrays.stream(inputs).map(In::tensor).toList(),
        IntStream.range(0, inputs.length)
            .filter(i -> inputs[i].items())
            .boxed()
            .collect(Collectors.toSet()));
  }

  private static List<ItemsApart> networks() {
    Epilogue all = Epilogue.BIAS.withResidual();
    Window2d window = Window2d.square(2, 1, 0);
    return List.of(
        apart(
            new Conv2d(window, 1, all),
            items(3, 4, 4),
            weights(5, 3, 2, 2),
            weights(5),
            items(5, 3, 3)),
        apart(new ConvNd(PAIRS, 1), items(3, 4), weights(5, 3, 2), weights(5)),
        apart(new ConvTranspose(PAIRS, 1, List.of(), List.of()), items(3, 4), weights(3, 5, 2)),
        apart(new Dense(false, all), items(7), weights(7, 3), weights(3), items(3)),
        apart(new Dense(true, Epilogue.NONE), items(7), weights(BATCH, 7)),
        apart(new MatMul(), items(7), weights(7, 3)),
        apart(new MatMul(), items(7), weights(7)),
        apart(new MatMul(), items(4, 7), weights(7, 3)),
        apart(new MatMul(), items(4, 7), weights(1, 7, 3)),
        apart(new MatMul(), items(4, 7), items(7, 3)),
        apart(new MatMul(), weights(4, 7), items(7, 3)),
        apart(new MatMul(), weights(7), items(7, 3)),
        apart(Pool2d.max(window), items(2, 3, 3)),
        apart(pool(PoolNd.Indices.NONE), items(2, 3)),
        apart(GlobalPool2d.AVERAGE, items(2, 3, 3)),
        apart(
            new BatchNorm(1e-3f, null),
            items(3, 2),
            weights(3),
            weights(3),
            weights(3),
            positive(3)),
        apart(new GroupNorm(2, 1e-3f), items(4, 3), weights(4), weights(4)),
        apart(new LayerNorm(1, 1e-3f), items(4, 3), weights(4, 3), weights(3)),
        apart(new LayerNorm(-1, 1e-3f), items(4, 3), weights(1, 4, 1)),
        apart(new Lrn(3, 0.1f, 0.75f, 1), items(5, 2)),
        apart(Softmax.along(1), items(4)),
        apart(new Softmax(1, true, true), items(4, 2)),
        apart(Hardmax.along(-1), items(4)));
  }

  private static List<ItemsApart> elements() {
    return List.of(
        apart(Unary.RELU, items(3)),
        apart(new Cast(ElementType.INT64), items(3)),
        apart(choice(Unary.RELU, Hardmax.along(0)), flag(false, true), items(3), items(3)),
        apart(choice(Hardmax.along(0), Unary.RELU), flag(false, false), items(3), items(3)),
        apart(Binary.ADD, items(3, 2), items(3, 2)),
        apart(Binary.ADD, items(3, 2), weights(3, 1)),
        apart(Binary.ADD, weights(1, 3, 2), items(3, 2)),
        apart(new Compare(Compare.Relation.LESS), items(3), weights()),
        apart(new Where(), flag(true, true, BATCH, 3), items(3), weights(1, 1)),
        apart(new Quantize(ElementType.INT8, 1, 0), items(3, 2), positive(3)),
        apart(new Quantize(ElementType.INT8, 0, 0), items(3, 2), positive()),
        apart(new Dequantize(-1, 0), items(3, 2), positive(2)),
        apart(dropout(), items(3), weights(), flag(false, false)),
        apart(dropout(), items(3), new In(Tensor.of(Shape.of(), 0), false), flag(false, true)));
  }

  private static List<ItemsApart> moves() {
    Slice.Range most = new Slice.Range(2, 1, 3, 1);
    return List.of(
        apart(new Concat(-1), items(3), items(2)),
        apart(new DepthToSpace(2, true), items(4, 1, 3)),
        apart(new SpaceToDepth(2), items(1, 2, 4)),
        apart(new Expand(), items(1, 3), longs(BATCH, 2, 3)),
        apart(new Expand(), items(1, 3), longs(2, 3)),
        apart(new Expand(), weights(3), longs(BATCH, 3)),
        apart(new Gather(1), items(4, 2), indices(false, 4, 3)),
        apart(new Gather(0), weights(4, 2), indices(true, 4, BATCH)),
        apart(new GatherElements(1), items(4), indices(true, 4, BATCH, 3)),
        apart(new Pad(Pad.Mode.REFLECT, List.of(0, 1, 0, 2), 0), items(4)),
        apart(new Pad(Pad.Mode.CONSTANT, List.of(), 0), items(4), longs(0, 1, 0, -1)),
        apart(new Reshape(new Reshape.Rule.Flatten(1)), items(3, 2)),
        apart(new Reshape(new Reshape.Rule.ToInput(false)), items(3, 2), longs(-1, 2, 3)),
        apart(new Reshape(new Reshape.Rule.To(List.of(6L, -1L), false)), items(3, 2)),
        apart(resize(Resize.Coordinates.HALF_PIXEL), items(3), weightsOf(1, 2)),
        apart(
            resize(Resize.Coordinates.CROP),
            items(3),
            weightsOf(1, 2),
            weightsOf(0, 0.1f, 1, 0.9f)),
        apart(new Slice(List.of(most)), items(3, 4)),
        apart(new Slice(List.of()), items(4), longs(0, 1), longs(99, 3)),
        apart(new Split(1, 2), items(4, 2)),
        apart(new Split(1, 2), items(4), longs(1, 3)),
        apart(new Tile(), items(3), longs(1, 2)),
        apart(new Tile(), weights(1, 3), longs(BATCH, 1)),
        apart(new Transpose(List.of(0, 2, 1)), items(3, 2)),
        apart(new ArgMax(1, false, false, false), items(4)),
        apart(new Reduce(Reduce.Kind.SUM, List.of(-1), false, false), items(4, 2)),
        apart(new Reduce(Reduce.Kind.MEAN, List.of(), true, false), items(4, 2), longs(1, 2)),
        apart(new Reduce(Reduce.Kind.MAX, List.of(), false, true), items(4)),
        apart(new TopK(1, true, 2), items(4)),
        apart(new GatherNd(1), items(4, 2), indices(true, 4, BATCH, 3, 1)),
        apart(new GatherNd(0), weights(4, 2), indices(true, 2, BATCH, 3, 2)),
        apart(new Trilu(true), items(3, 2), longs(1)),
        apart(new CumSum(true, false), items(4, 2), longs(-1)),
        apart(new OneHot(-1), indices(true, 3, BATCH, 2), longs(3), weights(2)),
        apart(scatter(1), items(4), indices(true, 4, BATCH, 3), items(3)));
  }

  private static List<ItemsApart> samplings() {
    return List.of(
        apart(new AffineGrid(false), items(2, 3), longs(BATCH, 1, 3, 2)),
        apart(
            new GridSample(GridSample.Mode.LINEAR, GridSample.Outside.BORDER, false),
            items(2, 3, 2),
            items(2, 1, 2)),
        apart(new Col2Im(List.of(1), List.of(1), List.of(0, 0)), items(4, 2), longs(3), longs(2)));
  }

  /** Operators that mix items, number them, or take constants that differ from item to item. */
  static List<ItemsApart> mixing() {
    Slice.Range backwards = new Slice.Range(0, -1, Long.MIN_VALUE, -1);
    return List.of(
        apart(
            new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE),
            items(BATCH, 3, 3),
            items(BATCH, 1, 1)),
        apart(new Dense(false, Epilogue.NONE), items(BATCH), items(4)),
        apart(new Dense(true, Epilogue.BIAS), items(4), weights(BATCH, 4), items()),
        apart(
            new Dense(false, Epilogue.NONE.withResidual()),
            items(4),
            weights(4, 3),
            weights(BATCH, 3)),
        apart(new MatMul(), items(BATCH), items(3)),
        apart(new MatMul(), weights(BATCH, BATCH), items(3)),
        apart(new MatMul(), items(BATCH, 7), weights(BATCH, 7, 3)),
        apart(new MatMul(), items(7), weights(BATCH, 7, 2)),
        apart(pool(PoolNd.Indices.ROW_MAJOR), items(2, 3)),
        apart(
            new BatchStatisticsNorm(1e-3f, 0.9f),
            items(BATCH, 2),
            weights(BATCH),
            weights(BATCH),
            weights(BATCH),
            positive(BATCH)),
        apart(
            new BatchNorm(1e-3f, null),
            items(BATCH, 2),
            items(),
            weights(BATCH),
            weights(BATCH),
            positive(BATCH)),
        apart(new LayerNorm(0, 1e-3f), items(4), weights(4)),
        apart(new LayerNorm(1, 1e-3f), items(4), weights(BATCH, 4)),
        apart(Softmax.along(-2), items(4)),
        apart(Hardmax.along(0), items(4)),
        apart(new Softmax(0, false, true), items(4)),
        apart(choice(Hardmax.along(0), Unary.RELU), flag(false, true), items(3), items(3)),
        apart(choice(Unary.RELU, Unary.RELU), flag(false, true), weights(BATCH, 3), items(3)),
        apart(Binary.ADD, items(BATCH), weights(BATCH, 1)),
        apart(Binary.ADD, items(BATCH, 2), items(2)),
        apart(new Compare(Compare.Relation.LESS), items(3), weights(BATCH, 3)),
        apart(new Where(), flag(true, true, BATCH), items(BATCH), items(BATCH)),
        apart(new Quantize(ElementType.INT8, 0, 0), items(3, 2), positive(BATCH)),
        apart(new Quantize(ElementType.INT8, 1, 2), items(4), positive(BATCH, 2)),
        apart(new Dequantize(0, 0), items(3), positive(BATCH)),
        apart(dropout(), items(9), weightsOf(0.5f), flag(false, true)),
        apart(new Concat(0), items(2), items(2)),
        apart(new Concat(1), items(2), weights(BATCH, 2)),
        apart(new Expand(), items(), longs(BATCH, BATCH)),
        apart(new Fill(ElementType.FLOAT32, 1), longs(4, 2)),
        apart(new Range(), longs(0, BATCH, 1)),
        apart(ShapeOf.ALL, items(2, 3, 4, 5, 6)),
        apart(new Gather(0), items(4), indices(true, BATCH, BATCH)),
        apart(new Gather(0), items(4), indices(false, BATCH, BATCH)),
        apart(new Gather(1), items(BATCH), indices(true, BATCH, BATCH)),
        apart(new GatherElements(0), items(4), indices(true, BATCH, BATCH, 4)),
        apart(new GatherElements(1), items(4), indices(false, 4, BATCH, 4)),
        apart(new Pad(Pad.Mode.WRAP, List.of(1, 0, -1, 0), 0), items(4)),
        apart(new Reshape(new Reshape.Rule.To(List.of(4L, -1L), false)), items(4)),
        apart(resize(Resize.Coordinates.HALF_PIXEL), items(3), weightsOf(2, 1)),
        apart(resize(Resize.Coordinates.CROP), items(3), weightsOf(1, 2), weightsOf(0.5f, 0, 1, 1)),
        apart(new Slice(List.of(backwards)), items(4)),
        apart(new Split(0, 2), items(4)),
        apart(new Tile(), weights(2, 3), longs(3, 1)),
        apart(new Transpose(List.of()), items(BATCH)),
        apart(new ArgMax(-2, true, false, false), items(4)),
        apart(new Reduce(Reduce.Kind.SUM, List.of(), true, false), items(4)),
        apart(new Reduce(Reduce.Kind.SUM, List.of(0), false, false), items(BATCH)),
        apart(new TopK(0, true, BATCH), items(4)),
        apart(new GatherNd(0), items(4), indices(true, BATCH, BATCH, 2, 1)),
        apart(new GatherNd(1), items(4), indices(false, 4, BATCH, 3, 1)),
        apart(new Trilu(false), items(BATCH)),
        apart(new CumSum(false, true), items(4), longs(0)),
        apart(new OneHot(0), indices(true, BATCH, BATCH), longs(BATCH), weights(2)),
        apart(scatter(0), items(4), indices(true, BATCH, BATCH, 4), items(4)),
        apart(
            new Scatter(new Scatter.Form.Slices(), Scatter.Join.REPLACE),
            items(4),
            indices(true, BATCH, BATCH, 1),
            items(4)),
        apart(new MaxUnpool(PAIRS), items(1, 2), indices(true, 18, BATCH, 1, 2)),
        apart(
            new GridSample(GridSample.Mode.LINEAR, GridSample.Outside.ZEROS, false),
            items(2, 3, 2),
            weights(BATCH, 2, 1, 2)),
        apart(new MaxRoiPool(1, 1, 1), items(1, 2, 2), regions()),
        apart(
            new RoiAlign(false, true, 1, 1, 1, 1),
            items(1, 2, 2),
            items(4),
            indices(true, BATCH, BATCH)));
  }

  private static Scatter scatter(int axis) {
    return new Scatter(new Scatter.Form.Elements(axis), Scatter.Join.ADD);
  }

  /** One region of each item, of the last item first. */
  private static In regions() {
    Tensor regions = Tensor.zeros(Shape.of(BATCH, 5));
    IntStream.range(0, BATCH).forEach(i -> regions.set(5L * i, (double) BATCH - 1 - i));
    return new In(regions, true);
  }

  private static Dropout dropout() {
    return new Dropout(1);
  }

  private static PoolNd pool(PoolNd.Indices indices) {
    return new PoolNd(PoolNd.Kind.MAX, PAIRS, false, false, 0, indices);
  }

  private static In weightsOf(float... elements) {
    return new In(Tensor.of(Shape.of(elements.length), elements), false);
  }

  private static Resize resize(Resize.Coordinates coordinates) {
    Interpolation linear =
        new Interpolation(
            Interpolation.Mode.LINEAR, Interpolation.Rounding.FLOOR, -0.75f, false, false);
    return new Resize(linear, coordinates, Resize.Policy.STRETCH, List.of(), 9);
  }

  static List<ItemsApart> apart() {
    return Stream.of(networks(), elements(), moves(), samplings())
        .flatMap(Collection::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("apart")
  void yesMeansThatEveryItemHasTheResultsThatItHasAlone(ItemsApart operator) {
    assertThat(operator.said()).isTrue();
    assertThat(operator.isTrue()).isTrue();
    assertThat(IntStream.of(1, 2, 3)).allMatch(operator::agreesInPartsOf);
  }

  @ParameterizedTest
  @MethodSource("mixing")
  void noIsSaidWhereItemsMix(ItemsApart operator) {
    assertThat(operator.said()).isFalse();
    assertThat(operator.isTrue()).isFalse();
  }

  @Test
  void everyOperatorIsAsked() {
    Set<Class<?>> asked =
        Stream.of(apart(), mixing())
            .flatMap(Collection::stream)
            .map(o -> o.op().getClass())
            .collect(Collectors.toSet());
    assertThat(asked).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
  }
}
