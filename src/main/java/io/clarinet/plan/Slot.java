package io.clarinet.plan;

import io.clarinet.kernel.Layout;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A value in one layout while planning. It lies alone, or within another slot: as a view of its
 * bytes, or as a part of a concatenation. Lifetimes gather at the outermost slot.
 */
final class Slot {
  final ElementType type;
  final Shape shape;
  final Layout layout;
  private @Nullable Slot within;
  private boolean cutByItems;
  private long offsetWithin;
  private int firstStep = Integer.MAX_VALUE;
  private int lastStep = -1;

  Slot(ElementType type, Shape shape, Layout layout) {
    this.type = type;
    this.shape = shape;
    this.layout = layout;
  }

  /** Lays this slot into another one, {@code offset} elements from the start of each batch item. */
  void putInto(Slot container, long offset) {
    Slot own = outermost();
    own.within = container;
    own.offsetWithin = offset;
    if (own.lastStep >= 0) {
      container.touch(own.firstStep);
      container.touch(own.lastStep);
    }
  }

  Slot outermost() {
    Slot slot = this;
    while (slot.within != null) {
      slot = slot.within;
    }
    return slot;
  }

  /** Elements from the start of the outermost slot. */
  long offset() {
    long offset = 0;
    for (Slot slot = this; slot.within != null; slot = slot.within) {
      offset += slot.offsetWithin;
    }
    return offset;
  }

  /** Notes that a step reads or writes this slot. */
  void touch(int step) {
    Slot owner = outermost();
    owner.firstStep = Math.min(owner.firstStep, step);
    owner.lastStep = Math.max(owner.lastStep, step);
  }

  /** Notes that slots of fewer batch items lie in this one, so that its items must stay dense. */
  void cutByItems() {
    outermost().cutByItems = true;
  }

  boolean isCutByItems() {
    return cutByItems;
  }

  boolean isOutermost() {
    return within == null;
  }

  int firstStep() {
    return firstStep;
  }

  int lastStep() {
    return lastStep;
  }

  long bytes() {
    return layout.elements(shape) * type.bytes();
  }

  /** Elements between batch items: those of the outermost slot that keeps the batch axis. */
  long batchStride() {
    long stride = layout.batchStride(shape);
    for (Slot inner = this; inner.within != null; inner = inner.within) {
      if (inner.hasBatchOf(inner.within.shape)) {
        stride = inner.within.layout.batchStride(inner.within.shape);
      }
    }
    return stride;
  }

  /** Whether a value of this shape has as many batch items as this slot. */
  boolean hasBatchOf(Shape other) {
    return shape.rank() > 0 && other.rank() > 0 && shape.n() == other.n();
  }

  /** Whether batch items follow each other without gaps. */
  boolean isDense() {
    return batchStride() == layout.batchStride(shape);
  }
}
