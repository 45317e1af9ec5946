package io.clarinet.backend.jvm;

import io.clarinet.backend.Backend;
import io.clarinet.backend.LifetimeContract;
import io.clarinet.backend.RunContract;
import io.clarinet.engine.Jvm;
import org.junit.jupiter.api.Nested;

class JvmContractTest {

  private static Backend open(int lanes) {
    return Jvm.open(JvmOptions.standard().withThreads(2).withLanes(lanes).poisoned());
  }

  @Nested
  class Running extends RunContract {
    Running() {
      super(JvmContractTest::open);
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    Lifetime() {
      super(JvmContractTest::open);
    }
  }
}
