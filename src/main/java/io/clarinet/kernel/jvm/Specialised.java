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

  /** A new instance of the package's class {@code template}, made for vectors of {@code lanes}. */
  static <T> T make(Class<T> contract, String template, int lanes) {
    try (InputStream bytes = Specialised.class.getResourceAsStream(template + ".class")) {
      if (bytes == null) {
        throw new IllegalStateException("class file of " + template + " is missing");
      }
      Lookup made =
          MethodHandles.lookup().defineHiddenClassWithClassData(bytes.readAllBytes(), lanes, true);
      return contract.cast(made.lookupClass().getDeclaredConstructor().newInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(template + " for " + lanes + " lanes", e);
    }
  }

  /** The species that the calling copy was made for. */
  static VectorSpecies<Float> species(Lookup copy) {
    try {
      int lanes = MethodHandles.classData(copy, ConstantDescs.DEFAULT_NAME, Integer.class);
      return VectorSpecies.of(float.class, VectorShape.forBitSize(lanes * Float.SIZE));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lanes of the widest float vectors that this machine computes with. */
  static int preferredLanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
