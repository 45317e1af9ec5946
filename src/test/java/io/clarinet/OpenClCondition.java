package io.clarinet;

import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.Selection;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds {@link RequiresOpenCl}. */
final class OpenClCondition implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    if (OpenCl.installation().select(TestDevice.request()) instanceof Selection.Chosen) {
      return;
    }
    String reason = "no OpenCL device: " + OpenCl.installation().select(TestDevice.request());
    if (Boolean.getBoolean("clarinet.test.requireOpenCl")) {
      Assertions.fail(reason);
    }
    Assumptions.abort(reason);
  }
}
