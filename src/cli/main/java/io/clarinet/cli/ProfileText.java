package io.clarinet.cli;

import static io.clarinet.cli.KernelTotals.milliseconds;
import static io.clarinet.cli.KernelTotals.percent;

import java.util.List;
import java.util.Locale;

/** A {@link Profile} for people: its layers, its kernels, its sums. */
final class ProfileText {
  private final Profile profile;
  private final double sum;

  ProfileText(Profile profile) {
    this.profile = profile;
    this.sum = profile.measured().sum();
  }

  void print(LayerOptions which, Console console) {
    List<Layer> layers = Layer.of(profile.plan(), profile.measured());
    console.say("%s: planned for %s", profile.plan().title(), profile.calibrated().speed());
    console.say("beside the runs it did %s, of which shares are told", profile.present());
    which.print(layers, profile.plan(), this::table, this::time, console);
    printTotals(console);
  }

  private Table table(List<Layer> layers) {
    Table table =
        new Table(
            Table.Column.names("layer", 20),
            Table.Column.names("kernel", 18),
            Table.Column.names("output", 12).goes(2),
            Table.Column.numbers("ms"),
            Table.Column.numbers("time"),
            Table.Column.numbers("predicted").goes(3),
            Table.Column.numbers("floor").goes(4),
            Table.Column.numbers("GFLOP").goes(5),
            Table.Column.texts("rate").goes(1),
            Table.Column.texts("of the best"));
    layers.forEach(layer -> row(layer, table));
    return table;
  }

  private void row(Layer layer, Table table) {
    Rate rate = layer.rate(profile.plan());
    table.row(
        layer.isOnHost() ? Terminal.Style.WARNING : Terminal.Style.PLAIN,
        layer.name(),
        layer.kernel(),
        layer.output(),
        milliseconds(layer.seconds()),
        percent(layer.seconds() / sum),
        milliseconds(layer.predictedSeconds()),
        milliseconds(profile.plan().floorSeconds(layer.cost())),
        gflop(layer.cost().flops()),
        layer.isOnHost() ? "" : rate.toString(),
        layer.isOnHost() ? "on the host" : rate.ofBest());
  }

  private static String gflop(double flops) {
    return flops == 0 ? "" : String.format(Locale.ROOT, "%.3f", flops * 1e-9);
  }

  private String time(List<Layer> layers) {
    double seconds = layers.stream().mapToDouble(Layer::seconds).sum();
    return milliseconds(seconds) + " ms, " + percent(seconds / sum);
  }

  private void printTotals(Console console) {
    console.say(
        "%d steps take %.3f ms, predicted %.3f ms; a run takes %.3f ms with transfers and gaps",
        profile.measured().steps().length,
        sum * 1e3,
        profile.plan().predictedSeconds() * 1e3,
        profile.measured().total() * 1e3);
    console.say(
        "%.2f GFLOP at %.0f GFLOPS, as direct convolution counts them",
        profile.plan().flops() * 1e-9, profile.plan().flops() / sum * 1e-9);
    console.say(
        "physical floor %.3f ms at the present speed, of which the steps reach %.0f %%",
        profile.plan().floorSeconds() * 1e3, 100 * profile.share());
  }
}
