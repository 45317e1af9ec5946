package io.clarinet.kernel.opencl;

import io.clarinet.op.FusedActivation;
import io.clarinet.op.Unary;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The defines of kernels that finish by {@code epilogue.clh}. */
public final class EpilogueDefines {
  private EpilogueDefines() {}

  /** The channel block alone, for launches that leave the epilogue to another. */
  public static Map<String, String> none(int block) {
    Map<String, String> defines = new HashMap<>();
    defines.put("C", Integer.toString(block));
    return defines;
  }

  /** The channel block, and the activation where it is no clamp; a map that may be added to. */
  public static Map<String, String> of(FusedActivation op, int block) {
    return of(op.activation(), block);
  }

  public static Map<String, String> of(@Nullable Unary function, int block) {
    Map<String, String> defines = none(block);
    if (function != null && !function.isClamp()) {
      defines.put("ACTIVATION(v)", function.expression());
    }
    return defines;
  }
}
