package io.clarinet.importer.pytorch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a pickle: Long, Double, Boolean, String, BigInteger, {@link #NONE}, {@link Global},
 * {@link PassedOver}, {@link Sequence}, {@link Dictionary}, {@link Storage} and {@link
 * StridedTensor}. Sequences and dictionaries can contain themselves, so nothing here walks into
 * them, compares or prints them.
 */
final class PickleValues {
  /** Python's None. */
  static final Object NONE = new Object();

  private PickleValues() {}

  /** A list or a tuple. */
  static final class Sequence {
    final List<Object> items;

    Sequence(List<Object> items) {
      this.items = items;
    }
  }

  /** A dictionary, of which entries are kept whose keys are strings or integers. */
  static final class Dictionary {
    final Map<Object, Object> entries = new LinkedHashMap<>();

    void put(Object key, Object value) {
      if (key instanceof String || key instanceof Long) {
        entries.put(key, value);
      }
    }
  }

  /**
   * A storage of elements.
   *
   * @param type of the elements, one of the storage types
   * @param key by which the file finds them
   * @param count number of elements
   */
  record Storage(Global type, String key, long count) {}

  /** The kind of a value, for messages. */
  static String kind(Object value) {
    if (value == NONE) {
      return "None";
    }
    return value instanceof Sequence
        ? "a sequence"
        : "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static <T> T as(Class<T> type, Object value) throws IOException {
    if (value instanceof PassedOver other && type != PassedOver.class) {
      throw new RefusedException(other.name());
    }
    if (!type.isInstance(value)) {
      throw new IOException(
          kind(value)
              + " stands where a "
              + type.getSimpleName().toLowerCase(Locale.ROOT)
              + " should");
    }
    return type.cast(value);
  }

  static long integer(Object value) throws IOException {
    return as(Long.class, value);
  }

  static String text(Object value) throws IOException {
    return as(String.class, value);
  }

  static List<Object> sequence(Object value) throws IOException {
    return as(Sequence.class, value).items;
  }

  static StridedTensor tensor(Object value) throws IOException {
    return as(StridedTensor.class, value);
  }

  static Storage storage(Object value) throws IOException {
    return as(Storage.class, value);
  }

  static long[] integers(Object value) throws IOException {
    List<Object> items = sequence(value);
    if (items.size() > StridedTensor.MAX_RANK) {
      throw new IOException("a tensor of rank " + items.size());
    }
    long[] integers = new long[items.size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = integer(items.get(i));
    }
    return integers;
  }

  /** An ordered dictionary's constructor: nothing, or a list of pairs. */
  static Dictionary dictionary(List<Object> arguments) throws IOException {
    Dictionary made = new Dictionary();
    for (Object pair : arguments.isEmpty() ? List.of() : sequence(arguments.get(0))) {
      List<Object> both = sequence(pair);
      if (both.size() != 2) {
        throw new IOException(
            "a dictionary is made of " + both.size() + " values instead of pairs");
      }
      made.put(both.get(0), both.get(1));
    }
    return made;
  }

  /** The storage behind a persistent id (PyTorch's term), elsewhere in the file. */
  static Storage persistent(Object id) throws IOException {
    List<Object> parts = sequence(id);
    if (parts.size() < 5 || !"storage".equals(parts.get(0))) {
      throw new IOException("a persistent id that is no storage");
    }
    if (parts.size() > 5 && parts.get(5) != NONE) {
      throw new RefusedException("a view of a storage");
    }
    Global type = as(Global.class, parts.get(1));
    long count = integer(parts.get(4));
    if (count < 0 || count > Integer.MAX_VALUE / type.storage().bytes()) {
      throw new IOException("a storage of " + count + " elements; one holds at most 2 GB");
    }
    return new Storage(type, text(parts.get(2)), count);
  }
}
