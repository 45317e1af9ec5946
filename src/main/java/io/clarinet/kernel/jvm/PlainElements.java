package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.tensor.Shape;

/**
 * Where the elements of a plain value lie, counted through all its batch items.
 *
 * @param item elements of a batch item
 */
record PlainElements(int item) {

  static PlainElements of(Shape x) {
    return new PlainElements(x.rank() == 0 ? 1 : (int) x.size(1, x.rank()));
  }

  int at(View view, int i) {
    return view.item(i / item) + i % item;
  }
}
