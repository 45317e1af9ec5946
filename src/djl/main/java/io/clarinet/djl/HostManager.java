package io.clarinet.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Makes arrays on the host, and closes those that it made. */
class HostManager extends PartialManager {
  /** The one above all others, which is never closed. */
  static final HostManager SYSTEM = new SystemManager();

  private HostManager(@Nullable NDManager parent, Device device) {
    super(parent, device);
  }

  /** A manager below no other of a program's. */
  static HostManager base(Device device) {
    return SYSTEM.newSubManager(device);
  }

  /** An array of a tensor's elements, which are shared. */
  NDArray array(Tensor tensor) {
    return new HostArray(this, tensor).front();
  }

  @Override
  public final Engine getEngine() {
    return ClarinetEngine.ONE;
  }

  @Override
  public final HostManager newSubManager(Device device) {
    HostManager below = new HostManager(this, device);
    attachUncappedInternal(below.uid, below);
    return below;
  }

  @Override
  public final ByteBuffer allocateDirect(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  @Override
  public final NDArray create(Shape shape, DataType type) {
    return array(Strided.zeros(Types.ours(type), Types.ours(shape).dims()));
  }

  @Override
  public final NDArray full(Shape shape, float value, DataType type) {
    Tensor scalar = Strided.zeros(Types.ours(type));
    scalar.set(0, (double) value);
    return array(Strided.of(scalar).broadcast(Types.ours(shape).dims()).copy());
  }

  @Override
  public final NDArray from(NDArray array) {
    return array(Strided.of(HostArray.tensorOf(array)).copy());
  }

  private static final class SystemManager extends HostManager implements SystemNDManager {
    SystemManager() {
      super(null, Device.cpu());
    }

    @Override
    public void attachInternal(String id, AutoCloseable... resources) {}

    @Override
    public void attachUncappedInternal(String id, AutoCloseable resource) {}

    @Override
    public void detachInternal(String id) {}
  }
}
