package io.clarinet.importer.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.ZipEntry;

/** Checkpoints and TorchScript programs whose tensors are windows of one storage. */
public final class SampleCheckpoints {
  private SampleCheckpoints() {}

  /** A checkpoint as scripts write it: weights, a number of numpy's, a namespace, a set. */
  public static byte[] checkpoint() {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().mark().text("best");
    dtype(pickle.global("numpy.core.multiarray", "scalar").mark());
    pickle.raw('C', 8).raw(new byte[8]).tuple().reduce().text("args");
    pickle.global("argparse", "Namespace").raw(')', 0x81).emptyDict().raw('b').text("seen");
    pickle.raw(0x8f, '(').integer(1).raw(0x90).text("model");
    weights(pickle, "w", 1);
    return file(pickle.setItems());
  }

  /** A program of modules in modules. */
  public static byte[] script() {
    PickleWriter pickle = new PickleWriter().proto();
    for (int depth = 0; depth < 3; depth++) {
      pickle.global("__torch__.M", "M").raw(')', 0x81).emptyDict().mark();
      number(pickle.text("weight"), depth).text("inner");
    }
    pickle.none();
    for (int depth = 0; depth < 3; depth++) {
      pickle.setItems().raw('b');
    }
    return program(pickle);
  }

  /** An archive of a pickle and a storage of the numbers 0 to 3. */
  static byte[] file(PickleWriter pickle) {
    return PyTorchWriter.archive(
        Map.of("a/data.pkl", pickle.stop(), "a/data/0", storage()), ZipEntry.STORED);
  }

  /** The same as TorchScript lays it out. */
  static byte[] program(PickleWriter pickle) {
    byte[] constants = new PickleWriter().proto().raw(')').stop();
    return PyTorchWriter.archive(
        Map.of("a/data.pkl", pickle.stop(), "a/data/0", storage(), "a/constants.pkl", constants),
        ZipEntry.STORED);
  }

  private static byte[] storage() {
    ByteBuffer floats = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4; i++) {
      floats.putFloat(i);
    }
    return floats.array();
  }

  /** A tensor of one of the storage's numbers. */
  static PickleWriter number(PickleWriter pickle, int value) {
    return pickle.tensor("FloatStorage", "0", 4, value, new long[] {1}, new long[] {1});
  }

  /** A dictionary of one tensor under its name. */
  static void weights(PickleWriter pickle, String name, int value) {
    number(pickle.emptyDict().text(name), value).raw('s');
  }

  /** numpy's type of doubles. */
  static PickleWriter dtype(PickleWriter pickle) {
    pickle.global("numpy", "dtype").mark().text("f8").raw(0x89, 0x88).tuple().reduce();
    pickle.mark().integer(3).text("<").none().none().none().integer(-1).integer(-1).integer(0);
    return pickle.tuple().raw('b');
  }
}
