package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoxingTest {

  @Test
  void compiledLoopsKeepVectorsInRegisters() throws Exception {
    assertThat(BoxingProgram.inFreshJvm()).isEqualTo("done");
  }
}
