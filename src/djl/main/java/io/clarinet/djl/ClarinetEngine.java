package io.clarinet.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/** Makes models and managers; trains nothing. */
final class ClarinetEngine extends Engine {
  static final String NAME = "Clarinet";

  /** DJL's ONNX Runtime has the same, PyTorch 2. */
  static final int RANK = 10;

  static final ClarinetEngine ONE = new ClarinetEngine();

  private ClarinetEngine() {}

  @Override
  public @Nullable Engine getAlternativeEngine() {
    return null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    String version = ClarinetEngine.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public boolean hasCapability(String capability) {
    return false;
  }

  @Override
  public Device defaultDevice() {
    return Devices.standard();
  }

  @Override
  public Device[] getDevices(int most) {
    return Devices.usable(most);
  }

  @Override
  public Model newModel(String name, @Nullable Device device) {
    return new ClarinetModel(name, device);
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(null);
  }

  @Override
  public NDManager newBaseManager(@Nullable Device device) {
    return HostManager.base(device == null ? defaultDevice() : device);
  }
}
