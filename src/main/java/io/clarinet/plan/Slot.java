package io.clarinet.plan;

import io.clarinet.kernel.Layout;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A value in one layout while planning. It has memory of its own, or lies within another slot: item
 * by item, where each of its batch items is a stretch of one of the other's, or in one piece.
 * Lifetimes gather at the outermost slot.
 */
final class Slot {
  final ElementType type;
  final Shape shape;
  final Layout layout;
  private @Nullable Slot within;
  private boolean itemByItem;
  private long offsetWithin;
  private boolean undivided;
  private int firstStep = Integer.MAX_VALUE;
  private int lastStep = -1;

  Slot(ElementType type, Shape shape, Layout layout) {
    this.type = type;
    this.shape = shape;
    this.layout = layout;
  }

  /**
   * Places this slot in one of as many batch items, each of its own {@code offset} elements from
   * the start of the other's.
   *
   * @throws IllegalStateException if that would tear apart what lies here in one piece
   */
  void putItemByItemInto(Slot container, long offset) {
    if (!hasBatchOf(container.shape)) {
      throw new IllegalStateException(this + " has not the batch items of " + container);
    }
    if (undivided && items() > 1 && itemElements() != container.itemElements()) {
      throw new IllegalStateException(this + " must stay in one piece, not spread in " + container);
    }
    putInto(container, true, offset);
  }

  /**
   * Places this slot, one element after the other, {@code offset} elements from the start of one
   * that has no gaps and from now on gets none.
   *
   * @throws IllegalStateException if the other has gaps
   */
  void putInOnePieceInto(Slot container, long offset) {
    if (!container.isDense()) {
      throw new IllegalStateException(this + " would lie across the gaps of " + container);
    }
    container.outermost().undivided = true;
    putInto(container, false, offset);
  }

  /**
   * Puts this slot into another, or into the third that the other lies in alike: else views of
   * views chain up.
   */
  private void putInto(Slot container, boolean itemByItem, long offset) {
    if (within != null || container.outermost() == this) {
      throw new IllegalStateException(this + " lies in another slot already");
    }
    boolean alike = container.within != null && container.itemByItem == itemByItem;
    this.within = alike ? container.within : container;
    this.itemByItem = itemByItem;
    this.offsetWithin = alike ? container.offsetWithin + offset : offset;
    if (lastStep >= 0) {
      container.touch(firstStep);
      container.touch(lastStep);
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

  /** Extends this slot's lifetime to a step that reads or writes it. */
  void touch(int step) {
    Slot owner = outermost();
    owner.firstStep = Math.min(owner.firstStep, step);
    owner.lastStep = Math.max(owner.lastStep, step);
  }

  /** Whether other slots lie in this outermost one as if it had no gaps. */
  boolean isUndivided() {
    return undivided && items() > 1;
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

  /** Elements between batch items: the containing slot's where this one lies item by item. */
  long batchStride() {
    Slot slot = this;
    while (slot.within != null && slot.itemByItem) {
      slot = slot.within;
    }
    return slot.itemElements();
  }

  /** Whether a value of this shape has as many batch items as this slot. */
  boolean hasBatchOf(Shape other) {
    return shape.rank() > 0 && other.rank() > 0 && shape.n() == other.n();
  }

  /** Whether a slot has as many batch items as this one, of as many elements. */
  boolean hasItemsOf(Slot other) {
    return hasBatchOf(other.shape) && itemElements() == other.itemElements();
  }

  /** Whether elements follow each other without gaps. */
  boolean isDense() {
    return items() <= 1 || batchStride() == itemElements();
  }

  private int items() {
    return shape.rank() == 0 ? 1 : shape.n();
  }

  private long itemElements() {
    return layout.batchStride(shape);
  }

  /**
   * Where a stretch of this slot's elements lies in the outermost slot, as far as it goes on there
   * without a gap.
   *
   * @param from the first element, padding lanes counted
   * @param to behind the last
   */
  Stretch inOutermost(long from, long to) {
    if (within == null) {
      return new Stretch(from, to);
    }
    if (!itemByItem || hasItemsOf(within)) {
      return within.inOutermost(offsetWithin + from, offsetWithin + to);
    }
    long item = from / itemElements();
    long begin = item * within.itemElements() + offsetWithin + from % itemElements();
    long end = Math.min(to, (item + 1) * itemElements());
    return within.inOutermost(begin, begin + end - from);
  }

  /** Elements from {@code from} (inclusive) to {@code to} (exclusive). */
  record Stretch(long from, long to) {}

  @Override
  public String toString() {
    return type + " " + shape + " " + layout;
  }
}
