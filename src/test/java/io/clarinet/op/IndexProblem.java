package io.clarinet.op;

import io.clarinet.Case;
import io.clarinet.TestTensors;
import io.clarinet.op.Scatter.Form;
import io.clarinet.op.Scatter.Join;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** An operator that goes by indices which are known only when it runs, as a case says. */
public record IndexProblem(String kernel, Op op, List<Tensor> inputs) {

  /** A case and the file that it is of. */
  public record Named(String file, Case c) {
    @Override
    public String toString() {
      return file + " " + c;
    }
  }

  /** Every case whose indices are all inside. */
  public static List<Named> cases() {
    return Stream.of("pick_at", "scatter_at")
        .flatMap(file -> Case.of(file).stream().map(c -> new Named(file, c)))
        .filter(named -> !named.c().flag("outside"))
        .toList();
  }

  /** The problem of a case, with random numbers. */
  public static IndexProblem of(Named named, Random random) {
    return named.file().equals("pick_at") ? pick(named.c(), random) : scatter(named.c(), random);
  }

  private static IndexProblem pick(Case c, Random random) {
    Shape x = Shape.of(c.integer("outer"), c.integer("extent"), c.integer("inner"));
    boolean pairs = c.integer("tuple") == 2;
    int count = c.integer("count");
    Tensor indices =
        pairs
            ? indices(c, random, x.dims(), count, 2)
            : indices(c, random, new int[] {x.dim(1)}, count);
    Op op = pairs ? new GatherNd(0) : new Gather(1);
    return new IndexProblem("pick_at", op, List.of(random(c, random, x.dims()), indices));
  }

  private static IndexProblem scatter(Case c, Random random) {
    Shape x = Shape.of(c.integer("outer"), c.integer("elements"), c.integer("inner"));
    Join join = Join.valueOf(c.text("join").toUpperCase(Locale.ROOT));
    int tuples = c.integer("tuples");
    Tensor value = TestTensors.random(random, x.dims());
    if (c.integer("tuple") == 2) {
      Tensor updates = random(c, random, tuples, x.dim(2));
      Tensor indices = indices(c, random, x.dims(), tuples, 2);
      Scatter op = new Scatter(new Form.Slices(), join);
      return new IndexProblem("scatter_at", op, List.of(value, indices, updates));
    }
    int[] dims = {c.integer("met_outer"), tuples, c.integer("met_inner")};
    Tensor indices = indices(c, random, new int[] {x.dim(1)}, dims);
    Scatter op = new Scatter(new Form.Elements(1), join);
    return new IndexProblem("scatter_at", op, List.of(value, indices, random(c, random, dims)));
  }

  private static Tensor random(Case c, Random random, int... dims) {
    Tensor tensor = TestTensors.random(random, dims);
    if (c.flag("nan")) {
      tensor.set(random.nextInt((int) tensor.shape().size()), Double.NaN);
    }
    return tensor;
  }

  /** From the start or the end of axes, which take turns along the innermost dimension. */
  private static Tensor indices(Case c, Random random, int[] extents, int... dims) {
    ElementType type = c.integer("bits") == 64 ? ElementType.INT64 : ElementType.INT32;
    Tensor indices = Tensor.zeros(type, Shape.of(dims));
    int turns = extents.length == 1 ? 1 : dims[dims.length - 1];
    for (int i = 0; i < indices.shape().size(); i++) {
      int extent = extents[i % turns];
      indices.set(i, (long) random.nextInt(-extent, extent));
    }
    return indices;
  }
}
