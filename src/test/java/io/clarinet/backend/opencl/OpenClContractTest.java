package io.clarinet.backend.opencl;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Backend;
import io.clarinet.backend.LifetimeContract;
import io.clarinet.backend.RunContract;
import org.junit.jupiter.api.Nested;

@RequiresOpenCl
class OpenClContractTest {

  private static Backend open(int lanes) {
    return TestDevice.open(OpenClOptions.fromProperties().withLanes(lanes).poisoned());
  }

  @Nested
  class Running extends RunContract {
    Running() {
      super(OpenClContractTest::open);
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    Lifetime() {
      super(OpenClContractTest::open);
    }
  }
}
