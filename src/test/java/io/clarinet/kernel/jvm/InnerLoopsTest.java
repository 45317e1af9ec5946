package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.jvm.JvmBackendTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class InnerLoopsTest {

  @Test
  void tilesHalveTowardsTheEnd() {
    assertThat(InnerLoops.widthAt(0, 7, 4)).isEqualTo(4);
    assertThat(InnerLoops.widthAt(4, 7, 4)).isEqualTo(2);
    assertThat(InnerLoops.widthAt(6, 7, 4)).isEqualTo(1);
  }

  @Test
  void thisJvmHasTheVectorApi() {
    assertThat(InnerLoops.vectorised(InnerLoops.preferredBlock())).isTrue();
  }

  /** In a JVM without the module the same kernels run in plain Java. */
  @Test
  void aJvmWithoutTheVectorApiFallsBack() throws IOException, InterruptedException {
    assertThat(printed("-Dno=option")).isEqualTo("plain");
  }

  /** The module is loaded where the JDK's own way to do so is open, and nothing warns of it. */
  @Test
  @EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "the launcher then uses --add-modules")
  void theVectorApiIsLoadedWithoutAWord() throws IOException, InterruptedException {
    assertThat(printed("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED"))
        .isEqualTo("vectors");
  }

  private static String printed(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                ConvolutionProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output;
  }

  /** Runs a convolution in a JVM of its own. */
  public static final class ConvolutionProgram {
    private ConvolutionProgram() {}

    public static void main(String[] args) {
      JvmBackendTest test = new JvmBackendTest();
      test.networksAgreeWithTheReference();
      boolean vectors = InnerLoops.vectorised(InnerLoops.preferredBlock());
      System.out.print(vectors ? "vectors" : "plain");
    }
  }
}
