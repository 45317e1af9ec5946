package io.clarinet.importer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The formats of model files, as their first bytes tell them apart. */
enum ModelFormat {
  /** A message of protocol buffers, which have no mark of their own. */
  ONNX,
  HDF5,
  SAFETENSORS,
  /** {@code torch.save}'s archive, or the pickle that it wrote before. */
  PYTORCH,
  /** Keras 3's archive. */
  KERAS_ZIP,
  /** TensorFlow Lite's buffer. */
  TFLITE,
  /** A graph of TensorFlow's. */
  FROZEN_GRAPH,
  /** The file of a SavedModel that has its graph. */
  SAVED_MODEL,
  UNKNOWN;

  private static final long HDF5_SIGNATURE = 0x0a1a0a0d46444889L;
  private static final int TFLITE_MARK = 0x334c4654;
  private static final int ZIP_ENTRY = 0x04034b50;
  private static final int ZIP_NAME = 30;
  private static final int PICKLE_PROTOCOL = 0x80;

  /** Tags of protocol buffers: fields 1 and 2 of bytes, and field 1 of the number 1. */
  private static final byte FIRST_TEXT = 0x0a;

  private static final byte SECOND_TEXT = 0x12;
  private static final short VERSION_ONE = 0x0108;

  /** The largest field of an ONNX model whose tag is one byte. */
  private static final int MOST_FIELDS = 14;

  /** The format of a file's bytes, from position to limit. */
  static ModelFormat of(ByteBuffer bytes) {
    ByteBuffer file = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (file.remaining() >= Long.BYTES && file.getLong(0) == HDF5_SIGNATURE) {
      return HDF5;
    }
    if (file.remaining() >= ZIP_NAME && file.getInt(0) == ZIP_ENTRY) {
      return isKeras(file) ? KERAS_ZIP : PYTORCH;
    }
    if (file.remaining() >= Long.BYTES && file.getInt(Integer.BYTES) == TFLITE_MARK) {
      return TFLITE;
    }
    if (isSafetensors(file)) {
      return SAFETENSORS;
    }
    if (isGraphOfNodes(file)) {
      return FROZEN_GRAPH;
    }
    if (isSavedModel(file)) {
      return SAVED_MODEL;
    }
    int first = file.hasRemaining() ? file.get(0) & 0xff : 0;
    if (first == PICKLE_PROTOCOL) {
      return PYTORCH;
    }
    return isOnnx(first) ? ONNX : UNKNOWN;
  }

  /** Whether an archive's first entry is one of those that Keras writes. */
  private static boolean isKeras(ByteBuffer zip) {
    byte[] name = new byte[Math.min(zip.getShort(26) & 0xffff, zip.remaining() - ZIP_NAME)];
    zip.get(ZIP_NAME, name);
    String entry = new String(name, StandardCharsets.UTF_8);
    return entry.equals("metadata.json")
        || entry.equals("config.json")
        || entry.equals("model.weights.h5");
  }

  /** Whether the file begins with a possible length and the JSON object of that length. */
  private static boolean isSafetensors(ByteBuffer file) {
    return file.remaining() > Long.BYTES
        && file.getLong(0) > 0
        && file.getLong(0) <= file.remaining() - Long.BYTES
        && file.get(Long.BYTES) == '{';
  }

  /** Whether the file begins with a message in field 1 that begins with a text in field 1. */
  private static boolean isGraphOfNodes(ByteBuffer file) {
    int inner = file.remaining() > 2 && file.get(0) == FIRST_TEXT ? afterLength(file, 1) : 0;
    return inner > 0 && file.remaining() > inner && file.get(inner) == FIRST_TEXT;
  }

  /** Whether the file begins with version 1 of a form, and a message in its field 2. */
  private static boolean isSavedModel(ByteBuffer file) {
    boolean begins =
        file.remaining() > 4 && file.getShort(0) == VERSION_ONE && file.get(2) == SECOND_TEXT;
    int inner = begins ? afterLength(file, 3) : 0;
    return inner > 0 && file.remaining() > inner && file.get(inner) == FIRST_TEXT;
  }

  /** The place behind a length of up to five bytes, or 0 if there is none. */
  private static int afterLength(ByteBuffer file, int at) {
    for (int i = at; i < Math.min(at + 5, file.remaining()); i++) {
      if (file.get(i) >= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Whether a byte is the tag of a model's field: a number or a stretch of bytes. */
  private static boolean isOnnx(int tag) {
    int type = tag & 7;
    int field = tag >> 3;
    return (type == 0 || type == 2) && field >= 1 && field <= MOST_FIELDS;
  }
}
