package io.clarinet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {

  /** Virtual machines call different processors "AMD EPYC", and clocks change by the second. */
  @Test
  void itsKindIsMoreThanItsNameAndLessThanItsState() {
    List<String> zen5 =
        List.of(
            "processor\t: 0",
            "cpu family\t: 26",
            "model\t\t: 2",
            "model name\t: AMD EPYC",
            "cpu MHz\t\t: 2096.033",
            "",
            "processor\t: 1",
            "model name\t: AMD EPYC");
    assertThat(Processor.kind(zen5)).isEqualTo("cpu family=26;model=2;model name=AMD EPYC;");
    assertThat(Processor.kind(List.of("CPU part\t: 0xd40", "BogoMIPS : 2"))).contains("0xd40");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "'0-1', 2", "'0-3,8', 5", "'2,4-7,9-9', 6"})
  void coresAreCounted(String ranges, int count) {
    assertThat(Processor.count(ranges)).isEqualTo(count);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTells() {
    assertThat(Processor.identity()).isNotEmpty();
    assertThat(Processor.name()).isNotEmpty();
    assertThat(Processor.cores())
        .hasValueSatisfying(
            cores ->
                assertThat(cores)
                    .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors()));
  }
}
