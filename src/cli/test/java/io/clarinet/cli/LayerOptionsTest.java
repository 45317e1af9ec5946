package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.report.DeviceSpeed;
import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.Floor;
import io.clarinet.report.StepCost;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerOptionsTest {
  private static final Explanation PLAN =
      new Explanation(
          "m",
          "cpu",
          List.of(),
          List.of(
              step("layer10", "conv", 8e9, 1),
              step("layer9", "dense", 1e9, 1),
              step("a", "conv", 3e9, 9)),
          0,
          0,
          Floor.NONE,
          10e9,
          10e9,
          true);

  /** 0.8 of the device's best in layer10, 0.1 in layer9, 0.15 in a. */
  private static final Measured MEASURED = new Measured(new double[] {1, 1, 2}, 5);

  private static StepInfo step(String name, String kernel, double flops, long bytes) {
    StepCost cost = new StepCost(flops, flops, bytes, Floor.NONE, 1, 1, null);
    return new StepInfo(name, name, "op", kernel, "device", "2x3", 0.5, List.of(), cost, null);
  }

  @ParameterizedTest
  @CsvSource({
    "ORDER, layer10 layer9 a",
    "TIME, a layer10 layer9",
    "NAME, a layer9 layer10",
    "RATE, layer9 a layer10"
  })
  void layersComeInTheOrderThatIsAskedFor(LayerOptions.Key key, String names) {
    LayerOptions options = new LayerOptions();
    options.sort = key;
    assertThat(options.sorted(Layer.of(PLAN, MEASURED), PLAN))
        .extracting(Layer::name)
        .containsExactly(names.split(" "));
  }

  @Test
  void withoutMeasuringTheSlowestIsWhatShouldBe() {
    assertThat(Layer.of(PLAN, null)).extracting(Layer::time).containsOnly(0.5);
  }

  @Test
  void kernelsAreSummedUpWhateverIsShown() {
    List<KernelTotals> kernels = KernelTotals.of(Layer.of(PLAN, MEASURED), PLAN);
    assertThat(kernels)
        .extracting(k -> k.all().kernel(), k -> k.all().parts(), k -> k.all().time())
        .containsExactly(Assertions.tuple("conv", 2, 3.0), Assertions.tuple("dense", 1, 1.0));
    assertThat(kernels).extracting(KernelTotals::share).containsExactly(0.75, 0.25);
    assertThat(kernels.get(0).rate().perSecond()).isEqualTo(11e9 / 3);
  }

  @Test
  void whatTakesNoTimeHasNoShare() {
    Measured none = new Measured(new double[] {0, 0, 0}, 0);
    assertThat(KernelTotals.of(Layer.of(PLAN, none), PLAN))
        .extracting(KernelTotals::share)
        .containsOnly(0.0);
  }

  @Test
  void whatIsNotShownIsSummedUp() {
    LayerOptions options = new LayerOptions();
    options.sort = LayerOptions.Key.TIME;
    options.top = 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(out, new ByteArrayOutputStream());
    new ProfileText(Profile.of(PLAN, List.of(new DeviceSpeed(10e9, 10e9)), MEASURED))
        .print(options, console);
    new ExplanationText(PLAN, MEASURED, OtherDevices.NONE).print(options, console);
    console.flush();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("and 2 more: 2000.000 ms, 50.0 %", "and 2 more: 2000.000 ms\n")
        .doesNotContain("layer9");
  }
}
