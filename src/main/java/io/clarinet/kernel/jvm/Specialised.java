package io.clarinet.kernel.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes one copy of a class per vector width. The compiler keeps vectors in registers only where
 * their species is a constant, so each width needs code of its own; a hidden class of the same
 * bytes with the width as class data gives that from one source.
 */
final class Specialised {
  private Specialised() {}

  /**
   * What a copy is made for.
   *
   * @param lanes of its vectors
   * @param strided whether a {@link RegisterTile} takes runs and pixels at any distance
   * @param single whether a term of a {@link GroupTile} is a single element
   */
  private record Form(int lanes, boolean strided, boolean single) {}

  /** A new instance of the package's class {@code template}, made for vectors of {@code lanes}. */
  static <T> T make(Class<T> contract, String template, int lanes) {
    return make(contract, template, new Form(lanes, false, false));
  }

  /** A new tile of the class {@code template} for runs and pixels at any distance. */
  static RegisterTile strided(String template, int lanes) {
    return make(RegisterTile.class, template, new Form(lanes, true, false));
  }

  /** A new tile of groups; its terms are blocks, or else single elements. */
  static GroupTile groups(String template, int lanes, boolean single) {
    return make(GroupTile.class, template, new Form(lanes, false, single));
  }

  private static <T> T make(Class<T> contract, String template, Form form) {
    try (InputStream bytes = Specialised.class.getResourceAsStream(template + ".class")) {
      if (bytes == null) {
        throw new IllegalStateException("class file of " + template + " is missing");
      }
      Lookup made =
          MethodHandles.lookup().defineHiddenClassWithClassData(bytes.readAllBytes(), form, true);
      return contract.cast(made.lookupClass().getDeclaredConstructor().newInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(template + " for " + form.lanes + " lanes", e);
    }
  }

  /** The species that the calling copy was made for. */
  static VectorSpecies<Float> species(Lookup copy) {
    return VectorSpecies.of(float.class, VectorShape.forBitSize(form(copy).lanes * Float.SIZE));
  }

  /**
   * The class of a species' vectors. What {@code cast} to it the compiler knows the methods of;
   * else it asks profiles, which all widths share, and boxes: decisions/jvm-target.md.
   */
  @SuppressWarnings("unchecked")
  static Class<FloatVector> type(VectorSpecies<Float> species) {
    return (Class<FloatVector>) (Class<?>) species.vectorType();
  }

  /** Whether the calling copy takes runs and pixels at any distance. */
  static boolean isStrided(Lookup copy) {
    return form(copy).strided;
  }

  /** Whether the calling copy takes single elements as terms. */
  static boolean isSingle(Lookup copy) {
    return form(copy).single;
  }

  private static Form form(Lookup copy) {
    try {
      return MethodHandles.classData(copy, ConstantDescs.DEFAULT_NAME, Form.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lanes of the widest float vectors that this machine computes with. */
  static int preferredLanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
