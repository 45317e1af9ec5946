package io.clarinet.kernel.opencl;

import io.clarinet.op.FusedActivation;
import io.clarinet.op.Unary;
import java.util.HashMap;
import java.util.Map;

/** The defines of kernels that finish by {@code epilogue.clh}. */
final class EpilogueDefines {
  private EpilogueDefines() {}

  /** The channel block, and the activation where it is no clamp; a map that may be added to. */
  static Map<String, String> of(FusedActivation op, int block) {
    Map<String, String> defines = new HashMap<>();
    defines.put("C", Integer.toString(block));
    Unary function = op.activation();
    if (function != null && !function.isClamp()) {
      defines.put("ACTIVATION(v)", function.expression());
    }
    return defines;
  }
}
