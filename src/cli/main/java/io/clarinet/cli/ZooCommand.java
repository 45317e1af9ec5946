package io.clarinet.cli;

import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zoo}: the architectures that can be named instead of a file. */
@Command(
    name = "zoo",
    mixinStandardHelpOptions = true,
    header = "Lists the networks that have a name.",
    description =
        "%nInput, trainable parameters, multiply-adds, paper. A picture size, a number "
            + "of classes, or both may follow a name: resnet18:64x64:10.",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet zoo", "  clarinet profile resnet18:64x64:10"})
final class ZooCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "print one JSON document and nothing else")
  boolean json;

  ZooCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (json) {
      console.json(Map.of("architectures", Zoo.all().stream().map(ZooCommand::toJson).toList()));
      return 0;
    }
    Table table =
        new Table(
            Table.Column.texts("name"),
            Table.Column.texts("input"),
            Table.Column.numbers("parameters"),
            Table.Column.numbers("multiply-adds"),
            Table.Column.names("what", 16),
            Table.Column.names("paper", 16).goes(1));
    Zoo.all().forEach(a -> row(table, a));
    table.print(console.text(), console.terminal());
    return 0;
  }

  private static void row(Table table, Architecture a) {
    table.row(
        a.name(),
        a.input().stream().map(String::valueOf).collect(Collectors.joining("x")),
        String.format(Locale.ROOT, "%,d", a.trainableParameters()),
        String.format(Locale.ROOT, "%,d", a.multiplyAdds()),
        a.title(),
        a.paper());
  }

  private static Map<String, Object> toJson(Architecture a) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", a.name());
    row.put("title", a.title());
    row.put("input", a.input());
    row.put("classes", a.classes());
    row.put("parameters", a.trainableParameters());
    row.put("parameters_with_statistics", a.parameters());
    row.put("multiply_adds", a.multiplyAdds());
    row.put("paper", a.paper());
    return row;
  }
}
