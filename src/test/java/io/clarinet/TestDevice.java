package io.clarinet;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.backend.opencl.Selection;

/** The OpenCL device that tests run on: {@code clarinet.test.device}, else the best there is. */
public final class TestDevice {
  private TestDevice() {}

  static String request() {
    return System.getProperty("clarinet.test.device", "opencl");
  }

  /** The device; only for tests that {@link RequiresOpenCl}. */
  public static ListedDevice device() {
    return ((Selection.Chosen) OpenCl.installation().select(request())).device();
  }

  /** A fresh backend, to be closed by the caller. */
  public static OpenClBackend open(OpenClOptions options) {
    return OpenClBackend.open(device(), options);
  }

  private static final class Shared {
    static final OpenClBackend POISONED = open(OpenClOptions.fromProperties().poisoned());
  }

  /** A backend shared by all tests of this JVM, whose arenas are NaN before each run. */
  public static OpenClBackend poisoned() {
    return Shared.POISONED;
  }
}
