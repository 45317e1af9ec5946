package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.DeviceChoiceException;
import io.clarinet.cli.Terminal.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code devices}: what there is to run on, and which is taken by default. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    header = "Lists the devices, and which one is taken.",
    description = "%nOf those that are not taken by default it says why.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet devices",
      "  clarinet devices --device gpu --json",
      "  clarinet devices --device gpu --save gpu.json"
    })
final class DevicesCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "open the device, measure it, and write what planning knows of it, for explain --as FILE")
  @Nullable Path save;

  @Mixin CommonOptions common = new CommonOptions();

  DevicesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Device> all = Device.all();
    try {
      Device chosen = common.device();
      if (save != null) {
        chosen.writeProfile(save);
      }
      print(all, chosen.id(), null);
      return 0;
    } catch (DeviceChoiceException e) {
      print(all, null, Failure.of(e));
      return Failure.of(e).exitStatus();
    }
  }

  private void print(List<Device> all, @Nullable String chosen, @Nullable Failure failure) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("default", chosen);
      document.put("devices", all.stream().map(DevicesCommand::toJson).toList());
      if (save != null && failure == null) {
        document.put("saved", save.toString());
      }
      if (failure != null) {
        document.put("error", failure.toJson());
      }
      console.json(document);
      return;
    }
    Table table =
        new Table(Table.Column.texts(""), Table.Column.texts(""), Table.Column.names("", 20));
    all.forEach(device -> row(table, device, device.id().equals(chosen)));
    table.print(console.text(), console.terminal());
    if (failure == null && save != null) {
      console.text().println("The profile of " + chosen + " is in " + save + ".");
    } else if (failure == null) {
      console.text().println("* is taken by default; choose another with --device ID.");
    } else {
      console.errors().println("clarinet: " + failure.message());
    }
  }

  private static void row(Table table, Device device, boolean chosen) {
    Style style = chosen ? Style.TITLE : device.usable() ? Style.PLAIN : Style.WARNING;
    table.row(style, chosen ? "*" : " ", String.format("%-12s", device.id()), device.name());
    table.note(device.type() + ", " + device.platform() + ", driver " + device.driver());
    if (!device.reason().isEmpty()) {
      String state = device.usable() ? "only if named" : "not usable";
      table.note(state + ": " + device.reason());
    }
  }

  private static Map<String, Object> toJson(Device device) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", device.id());
    json.put("name", device.name());
    json.put("platform", device.platform());
    json.put("type", device.type());
    json.put("driver", device.driver());
    json.put("usable", device.usable());
    json.put("reason", device.reason());
    return json;
  }
}
