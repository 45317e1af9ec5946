package io.clarinet.selftest;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Looks for the smallest operands for which a kernel is compiled as for a layer's own. Extents that
 * are equal in the layer stay equal, but for input and output channels; each is taken as small as
 * operator and kernel allow.
 */
final class Shrinking {
  /** Extents of images, rows and batches that are tried: odd ones, so that ends are ragged. */
  private static final int[] EXTENTS = {
    5, 7, 9, 13, 17, 21, 25, 33, 49, 65, 97, 129, 257, 513, 1025
  };

  /** Units of smaller devices. */
  private static final int[] UNITS = {1, 4, 16};

  /** Pixels along an axis, and output channels, that fill a tile of any kernel's with some over. */
  private static final int FULL = 13;

  private static final int OUTPUTS = 67;

  /** Multiply-adds for which plain Java takes a while. */
  private static final long MUCH = 4_000_000;

  /** Extents that are left as they are. */
  private static final int SMALL = 4;

  /** Elements of a constant that may be a parameter, which is not touched. */
  private static final int PARAMETERS = 128;

  private final Op op;
  private final List<Fact> inputs;
  private final Kernel kernel;
  private final Form form;
  private final DeviceProfile device;

  /** The device, and smaller ones of its kind, which little work keeps as busy as a layer does. */
  private final List<DeviceProfile> sizes;

  private Shrinking(Op op, List<Fact> inputs, Kernel kernel, Form form, DeviceProfile device) {
    this.op = op;
    this.inputs = inputs;
    this.kernel = kernel;
    this.form = form;
    this.device = device;
    this.sizes =
        IntStream.concat(IntStream.of(device.limits().computeUnits()), IntStream.of(UNITS))
            .mapToObj(units -> device.with(device.limits().withUnits(units)))
            .toList();
  }

  /** Operands of a case, and the kernel's offer to run it. */
  record Small(List<Fact> inputs, List<Fact> outputs, Offer.Accept offer) {}

  /**
   * The smallest operands found for a form; empty if it is not even offered for the layer's own.
   */
  static Optional<Small> of(
      Op op, List<Fact> inputs, Kernel kernel, Form form, DeviceProfile device) {
    return new Shrinking(op, inputs, kernel, form, device).search();
  }

  /** Cases that fill tiles, and leave some over; smaller ones where those are too much work. */
  private Optional<Small> search() {
    Optional<Small> full = search(FULL);
    return full.isPresent() && work(full.get()) > MUCH ? search(0) : full;
  }

  private long work(Small small) {
    return op.multiplyAdds(small.inputs(), small.outputs());
  }

  private Optional<Small> search(int least) {
    Map<Integer, Integer> extents = new HashMap<>();
    Optional<Small> best = attempt(extents);
    if (best.isEmpty()) {
      return best;
    }
    for (int label : largestFirst()) {
      int extent = Math.abs(label);
      boolean outputs = label < 0;
      for (int smaller : options(extent, outputs ? OUTPUTS * least / FULL : least)) {
        extents.put(label, smaller);
        Optional<Small> found = smaller < extent ? attempt(extents) : Optional.empty();
        if (found.isPresent()) {
          best = found;
          break;
        }
        extents.remove(label);
      }
    }
    return best;
  }

  private List<Integer> largestFirst() {
    return IntStream.range(0, inputs.size())
        .boxed()
        .flatMap(
            input ->
                IntStream.range(0, inputs.get(input).shape().rank())
                    .mapToObj(axis -> label(input, axis)))
        .filter(label -> Math.abs(label) > SMALL)
        .distinct()
        .sorted(Comparator.comparing(label -> -Math.abs(label)))
        .toList();
  }

  /** What axes have in common that are as long: their extent, negative for output channels. */
  private int label(int input, int axis) {
    int extent = inputs.get(input).shape().dim(axis);
    int outputs = -1;
    if (op instanceof Conv2d conv && conv.groups() == 1) {
      outputs = 0;
    } else if (op instanceof Dense dense) {
      outputs = dense.transposed() ? 0 : 1;
    }
    boolean counts = (input == 1 && axis == outputs) || (input == 2 && outputs >= 0);
    return counts && inputs.get(input).isConstant() ? -extent : extent;
  }

  /** Values to try in place of an extent, ascending. */
  private List<Integer> options(int extent, int least) {
    TreeSet<Integer> options = new TreeSet<>();
    int block = device.channelBlock();
    if (countsChannels(extent)) {
      for (int blocks = 1; blocks <= 20; blocks++) {
        options.add(blocks * block + 3);
        options.add(blocks * block);
      }
      IntStream.rangeClosed(2, 64)
          .filter(parts -> extent % parts == 0)
          .forEach(parts -> options.add(extent / parts));
      options.removeIf(option -> option <= block);
    } else {
      IntStream.of(EXTENTS).forEach(options::add);
    }
    options.removeIf(option -> option < least);
    return List.copyOf(options);
  }

  private boolean countsChannels(int extent) {
    return inputs.stream()
        .map(Fact::shape)
        .filter(shape -> shape.rank() > 0)
        .anyMatch(shape -> shape.dim(Math.min(1, shape.rank() - 1)) == extent);
  }

  private Optional<Small> attempt(Map<Integer, Integer> extents) {
    try {
      List<Fact> facts = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        facts.add(shrunk(i, extents));
      }
      fitResidual(facts);
      List<Fact> outputs = op.infer(facts);
      return sizes.stream()
          .map(size -> kernel.offer(facts, outputs, size))
          .filter(Offer.Accept.class::isInstance)
          .map(Offer.Accept.class::cast)
          .filter(offer -> Form.of(kernel.name(), offer).equals(form))
          .findFirst()
          .map(offer -> new Small(facts, outputs, offer));
    } catch (RuntimeException e) {
      // what an operator does not take is no case
      return Optional.empty();
    }
  }

  private Fact shrunk(int index, Map<Integer, Integer> extents) {
    Fact input = inputs.get(index);
    int[] dims = input.shape().dims().clone();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = extents.getOrDefault(label(index, i), dims[i]);
    }
    Shape shape = Shape.of(dims);
    Constant constant = input.constant();
    if (constant == null) {
      return Fact.of(input.type(), shape);
    }
    return shape.equals(input.shape()) && shape.size() <= PARAMETERS
        ? input
        : Fact.of(new Splat(input.type(), shape, 0));
  }

  /** A residual has the output's shape, which strides make another than the input's. */
  private void fitResidual(List<Fact> facts) {
    Op bare = null;
    int residual = 0;
    if (op instanceof Conv2d conv && conv.epilogue().residual()) {
      bare = conv.with(withoutResidual(conv.epilogue()));
      residual = conv.epilogue().residualIndex();
    } else if (op instanceof Dense dense && dense.epilogue().residual()) {
      bare = dense.with(withoutResidual(dense.epilogue()));
      residual = dense.epilogue().residualIndex();
    }
    if (bare != null) {
      facts.set(residual, bare.infer(facts.subList(0, residual)).get(0));
    }
  }

  private static Epilogue withoutResidual(Epilogue epilogue) {
    return new Epilogue(epilogue.bias(), false, epilogue.activation());
  }
}
