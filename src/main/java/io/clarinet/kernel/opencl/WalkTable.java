package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.IndexWalk;
import io.clarinet.op.UpdateWalk;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A way by indices that are known only at a run, as {@code pick_at.clh} and its like read it. */
public record WalkTable(List<Integer> numbers) implements Packing {
  public WalkTable {
    numbers = List.copyOf(numbers);
  }

  /** The table of a picking, packed from no input. */
  public static Offer.Packed of(IndexWalk walk) {
    List<Integer> table = new ArrayList<>(List.of(walk.axes().size(), walk.tuple().size()));
    for (int i = walk.axes().size() - 1; i >= 0; i--) {
      IndexWalk.Axis axis = walk.axes().get(i);
      table.addAll(List.of(axis.extent(), axis.value(), axis.indices()));
    }
    return packed(table, walk.tuple());
  }

  /** The table of a scatter, packed from no input. */
  public static Offer.Packed of(UpdateWalk walk) {
    List<Integer> table =
        new ArrayList<>(List.of(walk.groups().size(), walk.tuple().size(), walk.elements()));
    table.addAll(List.of(walk.step(), walk.tuples(), walk.indexStep(), walk.updateStep()));
    table.add(walk.width());
    for (int i = walk.groups().size() - 1; i >= 0; i--) {
      UpdateWalk.Axis axis = walk.groups().get(i);
      table.addAll(List.of(axis.extent(), axis.value(), axis.indices()));
      table.addAll(List.of(axis.updates(), axis.updated()));
    }
    return packed(table, walk.tuple());
  }

  private static Offer.Packed packed(Collection<Integer> table, List<IndexWalk.Named> tuple) {
    List<Integer> all = new ArrayList<>(table);
    tuple.forEach(named -> all.addAll(List.of(named.extent(), named.step())));
    return new Offer.Packed(List.of(), new WalkTable(all));
  }

  @Override
  public long bytes() {
    return (long) numbers.size() * Integer.BYTES;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    numbers.forEach(packed.asIntBuffer()::put);
  }
}
