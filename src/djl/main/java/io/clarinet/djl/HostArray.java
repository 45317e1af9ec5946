package io.clarinet.djl;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import io.clarinet.tensor.Tensor;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as an array of DJL's: its manager, name and end, and its contents. What is computed
 * stands in the other families.
 */
final class HostArray {
  static final Offered CALLS =
      new Offered(
          NDArray.class,
          HostArray.class,
          ArithmeticCalls.class,
          ElementCalls.class,
          ReductionCalls.class,
          ShapeCalls.class);
  private static final Offered INTERNAL = new Offered(NDArrayEx.class, InternalCalls.class);

  private final String uid = NDManager.nextUid();
  private final NDArray front;
  private final NDArrayEx internal;
  private HostManager manager;
  private @Nullable String name;
  private @Nullable Tensor tensor;

  /** An array that its manager closes. */
  HostArray(HostManager manager, Tensor tensor) {
    this.manager = manager;
    this.tensor = tensor;
    front =
        (NDArray)
            CALLS.before(
                this,
                new ArithmeticCalls(this),
                new ElementCalls(this),
                new ReductionCalls(this),
                new ShapeCalls(this));
    internal = (NDArrayEx) INTERNAL.before(new InternalCalls(this));
    manager.attachInternal(uid, front);
  }

  /** The array as DJL sees it. */
  NDArray front() {
    return front;
  }

  /** The elements, shared. */
  Tensor tensor() {
    if (tensor == null) {
      throw new IllegalStateException(
          "array " + getUid() + " is closed, by itself or with its manager");
    }
    return tensor;
  }

  /** Another array of the same manager. */
  NDArray made(Tensor other) {
    return manager.array(other);
  }

  /** Writes other elements over these. */
  NDArray become(Tensor other) {
    Strided.of(other).copyTo(Strided.of(tensor()));
    return front;
  }

  /** The elements of an array of any engine's, shared if it is ours. */
  static Tensor tensorOf(NDArray array) {
    if (Offered.behind(array) instanceof HostArray own) {
      return own.tensor();
    }
    ByteBuffer bytes = array.toByteBuffer().order(ByteOrder.nativeOrder());
    return Tensor.wrap(Types.ours(array.getDataType()), Types.ours(array.getShape()), bytes);
  }

  public NDManager getManager() {
    return manager;
  }

  public String getUid() {
    return uid;
  }

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public void attach(NDManager other) {
    detach();
    manager = (HostManager) other;
    manager.attachInternal(uid, front);
  }

  public void tempAttach(NDManager other) {
    NDManager original = manager;
    detach();
    manager = (HostManager) other;
    manager.tempAttachInternal(original, uid, front);
  }

  public void detach() {
    manager.detachInternal(uid);
    manager = HostManager.SYSTEM;
  }

  public void close() {
    if (tensor != null) {
      manager.detachInternal(uid);
      tensor = null;
    }
  }

  public boolean isReleased() {
    return tensor == null;
  }

  public Device getDevice() {
    return manager.getDevice();
  }

  public DataType getDataType() {
    return Types.djls(tensor().type());
  }

  public Shape getShape() {
    return Types.djls(tensor().shape());
  }

  public SparseFormat getSparseFormat() {
    return SparseFormat.DENSE;
  }

  public boolean hasGradient() {
    return false;
  }

  public ByteBuffer toByteBuffer(boolean direct) {
    return tensor().bytes();
  }

  public void set(Buffer values) {
    int size = Math.toIntExact(tensor().shape().size());
    BaseNDManager.validateBuffer(values, getDataType(), size);
    BaseNDManager.copyBuffer(values, tensor().bytes());
  }

  public NDArray toType(DataType type, boolean copy) {
    Tensor converted = tensor().as(Types.ours(type));
    if (converted == tensor()) {
      return copy ? made(Strided.of(converted).copy()) : front;
    }
    return made(converted);
  }

  /** Elements lie on the host, whatever the device of the manager. */
  public NDArray toDevice(Device device, boolean copy) {
    if (device.equals(getDevice())) {
      return copy ? made(Strided.of(tensor()).copy()) : front;
    }
    HostManager other = (HostManager) manager.newSubManager(device);
    return other.array(Strided.of(tensor()).copy());
  }

  public boolean contentEquals(@Nullable NDArray other) {
    if (other == null) {
      return false;
    }
    Tensor theirs = tensorOf(other);
    return tensor().type() == theirs.type()
        && tensor().shape().equals(theirs.shape())
        && tensor().bytes().equals(theirs.bytes());
  }

  public NDArrayEx getNDArrayInternal() {
    return internal;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NDArray array && contentEquals(array);
  }

  /** Contents change, and with them what is equal. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return tensor == null ? "a closed array" : front.toDebugString();
  }
}
