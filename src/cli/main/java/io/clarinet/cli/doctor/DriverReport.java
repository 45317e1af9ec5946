package io.clarinet.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.diagnosis.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the drivers answered: library, platforms, devices, their checks, and the choice. */
final class DriverReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VENDORS = "OCL_ICD_VENDORS";

  private final Map<String, Object> openCl = new LinkedHashMap<>();
  private final List<Map<String, Object>> platforms = new ArrayList<>();
  private final Map<String, Object> choice = new LinkedHashMap<>();
  private final Findings findings;
  private final Duration patience;
  private String chosen = "";
  private boolean chosenWorks;

  private DriverReport(Findings findings, Duration patience) {
    this.findings = findings;
    this.patience = patience;
  }

  /** Asks them now; what is wrong goes to the findings. */
  static DriverReport of(Findings findings, Duration patience) {
    DriverReport report = new DriverReport(findings, patience);
    try (Interview interview = new Interview(patience, Map.of())) {
      report.choose(interview);
      report.openCl.put("library", Installation.openClLibrary());
      report.openCl.put("driver_files", Installation.driverFiles());
      report.askLibrary(interview);
      report.openCl.put("platforms", report.platforms);
      if (report.choseCpu()) {
        report.choice.put("check", report.check("cpu", interview));
      }
      report.openCl.put("printed", interview.printed());
    }
    return report;
  }

  private void choose(Interview interview) {
    Interview.Answer answer = interview.ask(Interviewee.CHOICE);
    JsonNode value = answer.value();
    if (value == null) {
      choice.put("device", "");
      choice.put("failure", answer.failure());
      findings.add("no device can be chosen: " + answer.failure(), Findings.DRIVER_AWAY);
      return;
    }
    chosen = value.get("id").asText();
    choice.put("device", chosen);
    choice.put("passed_over", value.get("passedOver").asText());
    if (chosen.isEmpty()) {
      findings.add(
          value.get("passedOver").asText(),
          "unset CLARINET_DEVICE, or set it to one of the devices below");
    }
  }

  private void askLibrary(Interview interview) {
    Interview.Answer answer = interview.ask(Interviewee.LIBRARY);
    JsonNode value = answer.value();
    if (value == null) {
      openCl.put("failure", answer.failure());
      findings.add("the OpenCL library cannot be asked: " + answer.failure(), Findings.DRIVER_AWAY);
      askDriversAlone();
      return;
    }
    String missing = value.get("missing").asText();
    if (!missing.isEmpty()) {
      openCl.put("missing", missing);
      findings.add(withoutHint(missing), Installation.driverRemedy());
    }
    value.get("platforms").forEach(platform -> askPlatform(platform, interview));
    if (value.get("platforms").size() < Installation.driverFiles().size()) {
      askDriversAlone();
    }
  }

  /**
   * With several drivers the library asks each as it is loaded, and one may take all down; those
   * that it cannot load it passes over in silence.
   */
  private void askDriversAlone() {
    Map<String, Object> all = new LinkedHashMap<>();
    Installation.driverFiles()
        .forEach(
            (file, library) -> {
              String failure = alone(file, library);
              all.put(file, failure.isEmpty() ? "answers" : failure);
              if (!failure.isEmpty()) {
                findings.add(
                    file + " gives no platform: " + failure,
                    "see with `ldd` what the library that it names lacks, install it again, or"
                        + " remove the file");
              }
            });
    openCl.put("drivers_alone", all);
  }

  /** Why a driver does not answer where there is no other; empty if it does. */
  private String alone(String file, String library) {
    try {
      Path folder = Files.createTempDirectory("clarinet-doctor");
      Path copy = Files.writeString(folder.resolve(file), library);
      try (Interview interview = new Interview(patience, Map.of(VENDORS, folder.toString()))) {
        Interview.Answer answer = interview.ask(Interviewee.LIBRARY);
        JsonNode value = answer.value();
        return value == null ? answer.failure() : withoutHint(value.get("missing").asText());
      } finally {
        Files.delete(copy);
        Files.delete(folder);
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String withoutHint(String missing) {
    return missing.replaceFirst("; .*", "");
  }

  private void askPlatform(JsonNode facts, Interview interview) {
    Map<String, Object> platform = map(facts);
    platform.keySet().removeAll(Set.of("safe", "failure"));
    boolean safe = facts.get("safe").asBoolean();
    String id = facts.get("id").asText();
    String label = id + " (" + facts.get("name").asText() + ")";
    platforms.add(platform);
    if (!safe) {
      findings.add(
          label
              + " is asked for its devices only if named: it would replace this JVM's signal"
              + " handlers",
          Installation.signalsRemedy());
    }
    Interview.Answer answer = interview.ask(Interviewee.DEVICES + id);
    JsonNode value = answer.value();
    if (value == null) {
      platform.put("failure", answer.failure());
      findings.add(label + ": " + answer.failure(), Findings.DRIVER_AWAY);
      return;
    }
    List<Map<String, Object>> devices = new ArrayList<>();
    value.forEach(device -> devices.add(device(device, safe, interview)));
    platform.put("devices", devices);
  }

  private Map<String, Object> device(JsonNode facts, boolean safe, Interview interview) {
    Map<String, Object> device = map(facts);
    String id = facts.get("id").asText();
    String reason = String.valueOf(device.remove("reason"));
    boolean usable = Boolean.TRUE.equals(device.remove("usable"));
    device.put("use", use(id, usable, safe, reason));
    if (usable) {
      device.put("check", check(id, interview));
    } else {
      findings.unusable(id + " (" + facts.get("name").asText() + ")", reason);
    }
    return device;
  }

  private String use(String id, boolean usable, boolean safe, String reason) {
    if (id.equals(chosen)) {
      return "taken by default";
    }
    if (!usable) {
      return "cannot be used: " + reason;
    }
    return reason.isEmpty()
        ? safe
            ? "if named; the default is preferred to it"
            : "only if named, for the platform's sake"
        : "only if named: " + reason;
  }

  private Map<String, Object> check(String id, Interview interview) {
    Interview.Answer answer = interview.ask(Interviewee.CHECK + id);
    JsonNode value = answer.value();
    Map<String, Object> check =
        value == null ? new LinkedHashMap<>(Map.of("failure", answer.failure())) : map(value);
    String failure = String.valueOf(check.remove("failure"));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("result", failure.isEmpty() ? "right" : failure);
    if (failure.isEmpty()) {
      result.putAll(check);
      chosenWorks |= id.equals(chosen);
      findings.struckOff(id, check.get("struck_off"));
    } else {
      findings.add(id + " failed its check: " + failure, Findings.DRIVER_AWAY);
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonNode json) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<String, Object>) JSON.convertValue(json, Map.class))
        .forEach(
            (name, value) ->
                map.put(name.replaceAll("(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT), value));
    return map;
  }

  /** The library, its platforms and their devices. */
  Map<String, Object> openCl() {
    return openCl;
  }

  /** The device that is taken; with its check if that is the CPU, which is on no platform. */
  Map<String, Object> choice() {
    return choice;
  }

  /** Whether the device that is taken passed its check. */
  boolean chosenWorks() {
    return chosenWorks;
  }

  boolean choseCpu() {
    return chosen.equals("cpu");
  }
}
