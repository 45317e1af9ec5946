package io.clarinet.importer.hdf5;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group of an HDF5 file: attributes, and named groups and datasets. */
public final class Hdf5Group {
  private final Hdf5File file;
  private final String name;
  private final ObjectHeader header;
  private final Map<String, List<String>> texts = new HashMap<>();
  private @Nullable Map<String, Attribute> attributes;
  private @Nullable Map<String, Long> links;

  Hdf5Group(Hdf5File file, String name, ObjectHeader header) {
    this.file = file;
    this.name = name;
    this.header = header;
  }

  /**
   * The text of an attribute, or null if it holds none.
   *
   * @throws ModelFormatException if it is damaged
   */
  public @Nullable String text(String attribute) {
    List<String> found = part(attribute);
    return found == null || found.size() != 1 ? null : found.get(0);
  }

  /**
   * The texts of a list attribute, or null if there is none; Keras spreads a long one over the
   * attributes {@code name0}, {@code name1} …
   *
   * @throws ModelFormatException if it is damaged
   */
  public @Nullable List<String> texts(String attribute) {
    List<String> whole = part(attribute);
    List<String> next = whole == null ? part(attribute + 0) : null;
    if (next == null) {
      return whole;
    }
    List<String> all = new ArrayList<>();
    for (int i = 1; next != null; i++) {
      all.addAll(next);
      next = part(attribute + i);
    }
    return all;
  }

  private @Nullable List<String> part(String attribute) {
    return file.guarded(
        "attribute \"" + attribute + "\" of \"" + name + "\"",
        () -> {
          Attribute found = attributes().get(attribute);
          return found == null
              ? null
              : texts.computeIfAbsent(attribute, key -> found.texts(file.bytes()));
        });
  }

  private Map<String, Attribute> attributes() {
    Map<String, Attribute> known = attributes;
    if (known == null) {
      known = new HashMap<>();
      for (ObjectHeader.Message message : header.messages()) {
        if (message.type() == ObjectHeader.ATTRIBUTE) {
          Attribute attribute = Attribute.read(file.bytes(), message);
          known.put(attribute.name(), attribute);
        }
      }
      requireNoHeap();
      attributes = known;
    }
    return known;
  }

  private void requireNoHeap() {
    ObjectHeader.Message info = header.find(ObjectHeader.ATTRIBUTE_INFO);
    if (info != null) {
      boolean ordered = (file.bytes().u8(info.at() + 1) & 1) != 0;
      if (file.bytes().i64(info.at() + (ordered ? 4 : 2)) != Bytes.UNDEFINED) {
        throw new IllegalArgumentException(
            "attributes are stored in a fractal heap; save the file by h5py's default libver");
      }
    }
  }

  /**
   * The names of the group's members.
   *
   * @throws ModelFormatException if it is damaged
   */
  public Set<String> names() {
    return links().keySet();
  }

  private Map<String, Long> links() {
    Map<String, Long> known = links;
    if (known == null) {
      known = file.guarded("group \"" + name + "\"", () -> Links.read(file.bytes(), header));
      links = known;
    }
    return known;
  }

  /**
   * The group at a path of names, or null if there is none.
   *
   * @throws ModelFormatException if it is damaged
   */
  public @Nullable Hdf5Group group(String path) {
    Hdf5Group at = this;
    for (String child : path.split("/", -1)) {
      at = at == null ? null : at.child(child);
    }
    return at;
  }

  private @Nullable Hdf5Group child(String child) {
    Long at = links().get(child);
    if (at == null) {
      return null;
    }
    Hdf5Group found = file.guarded("group \"" + child + "\"", () -> file.group(child, at));
    return found.isDataset() ? null : found;
  }

  private boolean isDataset() {
    return header.find(ObjectHeader.LAYOUT) != null;
  }

  /**
   * The dataset at a path of names, as float32.
   *
   * @throws ModelFormatException if there is none, it is damaged, or holds no numbers
   */
  public Constant floats(String path) {
    Hdf5Group at = this;
    String[] names = path.split("/", -1);
    for (int i = 0; i + 1 < names.length && at != null; i++) {
      at = at.group(names[i]);
    }
    Long found = at == null ? null : at.links().get(names[names.length - 1]);
    if (found == null) {
      throw file.fault("there is no dataset \"" + path + "\" in group \"" + name + "\"");
    }
    return file.told(
        file.guarded(
            "dataset \"" + path + "\"",
            () -> Dataset.read(file.bytes(), ObjectHeader.read(file.bytes(), found))));
  }
}
