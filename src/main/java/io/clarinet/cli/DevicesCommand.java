package io.clarinet.cli;

import io.clarinet.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code devices}: what there is to run on, and which is taken by default. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Lists the devices, which one is taken by default, and why not the others.")
final class DevicesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();

  DevicesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Device chosen = common.device();
    List<Device> all = Device.all();
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("default", chosen.id());
      document.put("devices", all.stream().map(DevicesCommand::toJson).toList());
      console.json(document);
      return 0;
    }
    for (Device device : all) {
      String mark = device.id().equals(chosen.id()) ? "*" : " ";
      console.text().printf("%s %-12s %s%n", mark, device.id(), device.name());
      console
          .text()
          .printf("    %s, %s, driver %s%n", device.type(), device.platform(), device.driver());
      if (!device.usable()) {
        console.text().printf("    not usable: %s%n", device.reason());
      }
    }
    console.text().println("* is taken by default; choose another with --device ID.");
    return 0;
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
