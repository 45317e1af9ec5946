package io.clarinet.backend.cpu;

import io.clarinet.op.Fact;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that several kernels put to their inputs. */
final class Facts {
  private Facts() {}

  /** Why these values are not for kernels over floats; null if they are. */
  static @Nullable String notFloat(List<Fact> inputs) {
    for (Fact input : inputs) {
      if (input.type() != ElementType.FLOAT32) {
        return "computes float32 only, not " + input.type();
      }
    }
    return null;
  }

  /** As {@link #notFloat}, one input being allowed to be of half precision. */
  static @Nullable String notFloatBut(int half, List<Fact> inputs) {
    List<Fact> others = new ArrayList<>(inputs);
    if (inputs.get(half).type() == ElementType.FLOAT16) {
      others.remove(half);
    }
    return notFloat(others);
  }

  /** Why these values are not float32 images; null if they are. */
  static @Nullable String notImages(List<Fact> values) {
    for (Fact value : values) {
      if (value.shape().rank() != 4 || value.shape().size() == 0) {
        return "blocks are for images, not " + value.shape();
      }
    }
    return notFloat(values);
  }
}
