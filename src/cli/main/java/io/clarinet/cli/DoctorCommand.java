package io.clarinet.cli;

import io.clarinet.cli.doctor.Doctor;
import io.clarinet.cli.doctor.ReportText;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: the page to paste into a report of a fault. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Shows what decides how Clarinet runs here.",
    description =
        "%nMachine, JVM, drivers, devices and their check, caches, environment; what is wrong, and"
            + " what to do. Names of people, machines and homes are left out, so that it can be"
            + " pasted into a report of a fault. Exit status 0 if the default device answers"
            + " rightly, and is not a CPU without vectors; else 1.",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet doctor", "  clarinet doctor --json --patience 120"})
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--patience",
      paramLabel = "S",
      converter = Count.class,
      description = "seconds to wait for each answer of a driver (default: 30)")
  int patience = 30;

  @Option(names = "--json", description = "print one JSON document and nothing else")
  boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String version = new Version().getVersion()[0].replace("clarinet ", "");
    Doctor doctor = Doctor.examine(version, Duration.ofSeconds(patience));
    if (json) {
      console.json(doctor.document());
    } else {
      new ReportText(console.text()).print(doctor.document());
    }
    return doctor.runsWell() ? 0 : 1;
  }
}
