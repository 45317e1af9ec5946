package io.clarinet.cli;

import static io.clarinet.cli.KernelTotals.milliseconds;

import io.clarinet.report.Explanation;
import io.clarinet.report.StepCost;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Explanation} for people, beside measured times where there are any.
 *
 * @param others devices that it could have been made for
 */
record ExplanationText(Explanation plan, @Nullable Measured measured, OtherDevices others) {

  void print(LayerOptions which, Console console) {
    console.say("%s", plan.title());
    others.lines(plan).forEach(line -> console.say("  %s", line));
    for (Explanation.PassEffect pass : plan.passes()) {
      console
          .text()
          .printf(
              "  %-22s %5d nodes, then %d%n", pass.pass(), pass.nodesBefore(), pass.nodesAfter());
    }
    which.print(Layer.of(plan, measured), plan, this::table, ExplanationText::time, console);
    printTotals(console);
  }

  private Table table(List<Layer> layers) {
    boolean loads = plan.steps().stream().anyMatch(step -> step.load() != null);
    Table table =
        new Table(
            Table.Column.names("layer", 20),
            Table.Column.names("kernel", 18),
            Table.Column.names("output", 12).goes(1),
            Table.Column.numbers("predicted, ms"),
            Table.Column.numbers(measured == null ? "" : "took, ms"),
            Table.Column.texts(loads ? "bound by" : ""),
            Table.Column.numbers(loads ? "groups" : "").goes(2),
            Table.Column.numbers(loads ? "a unit" : "").goes(2));
    layers.forEach(layer -> row(layer, table));
    return table;
  }

  private void row(Layer layer, Table table) {
    Explanation.Load load = layer.step().load();
    table.row(
        layer.isOnHost() ? Terminal.Style.WARNING : Terminal.Style.PLAIN,
        layer.name(),
        layer.kernel(),
        layer.output(),
        milliseconds(layer.predictedSeconds()),
        measured == null ? "" : milliseconds(layer.seconds()),
        layer.isOnHost() ? "on the host" : load == null ? "" : load.bound(),
        load == null ? "" : Long.toString(load.groups()),
        load == null ? "" : String.format(Locale.ROOT, "%.1f", load.groupsPerUnit()));
    StepCost.Alternative other = layer.step().cost().unexpanded();
    if (other != null) {
      table.note(
          String.format(
              Locale.ROOT,
              "weights packed to %.2f times their size save %s ms against %s",
              layer.step().cost().expansion(),
              milliseconds(
                  layer.parts() * (other.predictedSeconds() - layer.step().predictedSeconds())),
              other.kernel()));
    }
    for (Explanation.Refusal declined : layer.step().declined()) {
      table.note("not " + declined.kernel() + ": " + declined.reason());
    }
  }

  private static String time(List<Layer> layers) {
    return milliseconds(layers.stream().mapToDouble(Layer::time).sum()) + " ms";
  }

  private void printTotals(Console console) {
    console.say(
        "%d steps, predicted %.3f ms%s; physical floor %.3f ms",
        plan.steps().size(),
        plan.predictedSeconds() * 1e3,
        measured == null ? "" : ", took " + milliseconds(measured.sum()) + " ms",
        plan.floorSeconds() * 1e3);
    if (plan.steps().stream().anyMatch(step -> step.load() != null)) {
      console.say("%s", plan.speed());
    }
    console.say(
        "values %.1f MB, packed weights %.1f MB",
        plan.arenaBytes() / 1e6, plan.weightsBytes() / 1e6);
  }
}
