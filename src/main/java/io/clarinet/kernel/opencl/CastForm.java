package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Offer;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of {@code cast.clh} that brings elements of one type into another. */
public record CastForm(ElementType from, ElementType to) {

  /** The form for a value and its result. */
  public static CastForm of(Fact x, Fact y) {
    return new CastForm(x.type(), y.type());
  }

  /** Declines types whose elements are no whole bytes, and what a float does not hold exactly. */
  public Offer.@Nullable Decline declined() {
    if (from.bits() < Byte.SIZE || to.bits() < Byte.SIZE) {
      return new Offer.Decline("elements of less than a byte");
    }
    boolean exact = from.isFloatingPoint() || from.bits() <= Short.SIZE;
    return to == ElementType.FLOAT64 && !exact
        ? new Offer.Decline("a float has not the digits of " + from)
        : null;
  }

  /** The defines of the form. */
  public Map<String, String> defines() {
    Map<String, String> defines = new HashMap<>();
    defines.put("FROM", memory(from));
    defines.put("TO", memory(to));
    defines.put("NUMBER", number());
    defines.put("READ", "READ_" + (isCoded(from) ? from.name() : "PLAIN"));
    defines.put("WRITE", "WRITE_" + written());
    return defines;
  }

  private String number() {
    return from.isFloatingPoint() ? "float" : from == ElementType.UINT64 ? "ulong" : "long";
  }

  private String written() {
    if (isCoded(to) || to == ElementType.BOOL) {
      return to.name();
    }
    return from.isFloatingPoint() && !to.isFloatingPoint() ? "CUT" : "PLAIN";
  }

  /** Whether elements are floats that a device need not know. */
  private static boolean isCoded(ElementType type) {
    return type.isFloatingPoint() && type != ElementType.FLOAT32;
  }

  private static String memory(ElementType type) {
    return switch (type) {
      case FLOAT32 -> "float";
      case FLOAT16 -> "half";
      case FLOAT64, UINT64 -> "ulong";
      case INT2, INT4, INT8 -> "char";
      case INT16 -> "short";
      case INT32 -> "int";
      case INT64 -> "long";
      case UINT2, UINT4, UINT8, BOOL -> "uchar";
      case BFLOAT16, UINT16 -> "ushort";
      case UINT32 -> "uint";
    };
  }
}
