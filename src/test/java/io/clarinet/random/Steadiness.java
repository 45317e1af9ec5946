package io.clarinet.random;

import io.clarinet.op.ArgMax;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Compare;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Op;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Quantize;
import io.clarinet.op.TopK;
import io.clarinet.op.Unary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Keeps graphs such that right answers agree, however they are computed. An operator's results are
 * taken if their magnitudes are those that networks have, if errors a few times those of float32
 * leave them much the same, and, for an operator whose result jumps, if no input lies near a jump.
 */
final class Steadiness {
  private static final double LEAST = 1e-2;
  private static final double MOST = 500;

  /** Error that every operator makes in the shaken values, relative to its largest element. */
  private static final double SHAKE = 3e-6;

  /** Largest relative distance of shaken from exact values. */
  private static final double DRIFT = 3e-5;

  /** Distance from a jump, relative to the largest element. */
  private static final double MARGIN = 3e-4;

  /** Error that other engines' functions make, relative to the largest element. */
  private static final double APPROXIMATION = 1e-5;

  /** Least variance that a norm divides by, as a share of the mean square. */
  private static final double LEAST_VARIANCE = 1e-3;

  private static final Set<Unary.Kind> JUMPING =
      EnumSet.of(
          Unary.Kind.FLOOR,
          Unary.Kind.CEIL,
          Unary.Kind.ROUND,
          Unary.Kind.FLOAT16,
          Unary.Kind.BFLOAT16,
          Unary.Kind.SIGN,
          Unary.Kind.THRESHOLDED_RELU,
          Unary.Kind.SHRINK);

  private final Random random;

  Steadiness(Random random) {
    this.random = random;
  }

  /** A result of the reference, and what it comes to from shaken inputs. */
  record Result(Tensor exact, Tensor shaken) {}

  /** The results of an operator, unless it does not fit its inputs or is not steady. */
  Optional<List<Result>> results(Op op, List<Value> inputs) {
    try {
      List<Tensor> exact = op.evaluate(inputs.stream().map(Value::exact).toList());
      boolean usual = exact.stream().allMatch(Steadiness::isUsual);
      return usual && isFarFromJumps(op, inputs, exact) && isGentle(op, inputs)
          ? steady(op, inputs, exact)
          : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Optional<List<Result>> steady(Op op, List<Value> inputs, List<Tensor> exact) {
    List<Tensor> shaken = op.evaluate(inputs.stream().map(Value::shaken).toList());
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      Tensor moved = moved(shaken.get(i), exact.get(i), SHAKE, true);
      if (!(drift(moved, exact.get(i)) <= DRIFT)) {
        return Optional.empty();
      }
      results.add(new Result(exact.get(i), moved));
    }
    return Optional.of(results);
  }

  private static boolean isUsual(Tensor tensor) {
    if (tensor.shape().size() == 0) {
      return false;
    }
    double largest = largest(tensor);
    return tensor.type() != ElementType.FLOAT32
        || (largest >= LEAST && largest <= MOST && isFinite(tensor));
  }

  private static boolean isFinite(Tensor tensor) {
    for (long i = 0; i < tensor.shape().size(); i++) {
      if (!Double.isFinite(tensor.doubleAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The largest magnitude. */
  static double largest(Tensor tensor) {
    double largest = 0;
    for (long i = 0; i < tensor.shape().size(); i++) {
      largest = Math.max(largest, Math.abs(tensor.doubleAt(i)));
    }
    return largest;
  }

  /** Relative for float32, else whether anything differs. */
  private static double drift(Tensor moved, Tensor exact) {
    double difference = 0;
    for (long i = 0; i < exact.shape().size(); i++) {
      double apart = Math.abs(moved.doubleAt(i) - exact.doubleAt(i));
      difference = apart <= difference ? difference : apart;
    }
    boolean real = exact.type() == ElementType.FLOAT32;
    return difference == 0 ? 0 : real ? difference / largest(exact) : Double.POSITIVE_INFINITY;
  }

  /** The elements moved by a share of the largest of another, all alike or by chance. */
  private Tensor moved(Tensor tensor, Tensor other, double share, boolean byChance) {
    if (tensor.type() != ElementType.FLOAT32) {
      return tensor;
    }
    double reach = share * largest(other);
    Tensor moved = Tensor.zeros(tensor.shape());
    for (long i = 0; i < tensor.shape().size(); i++) {
      double by = byChance ? 2 * random.nextDouble() - 1 : 1;
      moved.set(i, tensor.doubleAt(i) + by * reach);
    }
    return moved;
  }

  /**
   * Whether every run of elements varies enough for its mean to be taken away by any formula, that
   * of a sum of squares too.
   */
  static boolean varies(Tensor x, long run) {
    for (long start = 0; start < x.shape().size(); start += run) {
      double sum = 0;
      double squares = 0;
      for (long i = start; i < start + run; i++) {
        sum += x.doubleAt(i);
        squares += x.doubleAt(i) * x.doubleAt(i);
      }
      if (!(squares - sum * sum / run > LEAST_VARIANCE * squares)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFarFromJumps(Op op, List<Value> inputs, List<Tensor> exact) {
    Value x = inputs.get(0);
    if (!x.isReal()) {
      return true;
    }
    if (op instanceof ArgMax || op instanceof Hardmax || op instanceof TopK || isIndexed(op)) {
      return isSpread(x.exact());
    }
    if (op instanceof Compare) {
      return same(op, pair(inputs, MARGIN), pair(inputs, -MARGIN), exact);
    }
    return !(jumps(op) || op instanceof Cast || op instanceof Quantize || isModulo(op))
        || same(op, first(inputs, MARGIN), first(inputs, -MARGIN), exact);
  }

  /** Whether a function is nowhere so steep that approximations before it show, as at acos(1). */
  private boolean isGentle(Op op, List<Value> inputs) {
    if (!(op instanceof Unary && inputs.get(0).isReal())) {
      return true;
    }
    Tensor above = op.evaluate(first(inputs, APPROXIMATION)).get(0);
    Tensor below = op.evaluate(first(inputs, -APPROXIMATION)).get(0);
    return drift(above, below) <= Verdict.TOLERANCE;
  }

  private static boolean isIndexed(Op op) {
    return op instanceof PoolNd pool && pool.indices() != PoolNd.Indices.NONE;
  }

  private static boolean jumps(Op op) {
    return op instanceof Unary unary && JUMPING.contains(unary.kind());
  }

  private static boolean isModulo(Op op) {
    return op instanceof Binary binary
        && (binary.kind() == Binary.Kind.MOD || binary.kind() == Binary.Kind.FMOD);
  }

  /** Whether no two elements are nearly equal. */
  private static boolean isSpread(Tensor x) {
    double[] sorted = new double[(int) x.shape().size()];
    Arrays.setAll(sorted, x::doubleAt);
    Arrays.sort(sorted);
    double least = 2 * MARGIN * largest(x);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] - sorted[i - 1] < least) {
        return false;
      }
    }
    return true;
  }

  private List<Tensor> first(List<Value> inputs, double share) {
    List<Tensor> tensors = new ArrayList<>(inputs.stream().map(Value::exact).toList());
    tensors.set(0, moved(tensors.get(0), tensors.get(0), share, false));
    return tensors;
  }

  /** Both moved, the second the other way. */
  private List<Tensor> pair(List<Value> inputs, double share) {
    List<Tensor> tensors = first(inputs, share);
    Tensor second = tensors.get(1);
    double scale = share * largest(tensors.get(0)) / Math.max(1e-30, largest(second));
    tensors.set(1, moved(second, second, -scale, false));
    return tensors;
  }

  /** Whether inputs moved up and moved down give much the same. */
  private static boolean same(Op op, List<Tensor> up, List<Tensor> down, List<Tensor> exact) {
    List<Tensor> above = op.evaluate(up);
    List<Tensor> below = op.evaluate(down);
    for (int i = 0; i < exact.size(); i++) {
      if (!(drift(above.get(i), below.get(i)) <= 6 * MARGIN)) {
        return false;
      }
    }
    return true;
  }
}
