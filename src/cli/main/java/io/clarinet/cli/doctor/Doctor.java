package io.clarinet.cli.doctor;

import io.clarinet.diagnosis.CacheFacts;
import io.clarinet.diagnosis.Installation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a machine.
 *
 * @param document sections by name, without names of people, machines and homes
 * @param runsWell whether the device that is taken by default answers rightly, and is no CPU
 *     without vectors
 */
public record Doctor(Map<String, Object> document, boolean runsWell) {

  /**
   * Looks at everything.
   *
   * @param version of Clarinet
   * @param patience the longest wait for a driver's answer
   */
  public static Doctor examine(String version, Duration patience) {
    Findings findings = new Findings();
    Map<String, Object> machine = SystemFacts.document();
    Map<String, Object> java = JavaFacts.document();
    findings.java(Installation.vectorFloats(), JavaFacts.nativeAccess());
    List<CacheFacts> caches = CacheFacts.all();
    caches.forEach(findings::cache);
    findings.affinity(
        Installation.driverFiles().values().stream().anyMatch(file -> file.contains("pocl")),
        machine.get("cores_allowed"),
        machine.get("cores_online"),
        System.getenv());
    DriverReport drivers = DriverReport.of(findings, patience);
    boolean well =
        drivers.chosenWorks() && !(drivers.choseCpu() && Installation.vectorFloats() == 0);

    Map<String, Object> clarinet = new LinkedHashMap<>();
    clarinet.put("version", version);
    Commit.ofThisProgram().ifPresent(commit -> clarinet.put("commit", commit));
    clarinet.put("runs_well", well);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clarinet", clarinet);
    document.put("findings", findings.all());
    document.put("default", drivers.choice());
    document.put("machine", machine);
    document.put("java", java);
    document.put("opencl", drivers.openCl());
    document.put("caches", caches.stream().map(Doctor::toJson).toList());
    document.put("environment", Environment.document(System.getenv()));
    return new Doctor(Privacy.ofThisProcess().hidden(document), well);
  }

  private static Map<String, Object> toJson(CacheFacts cache) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", cache.of());
    json.put("folder", cache.folder());
    json.put("writable", cache.trouble().isEmpty());
    json.put("files", cache.files());
    json.put("size_bytes", cache.bytes());
    json.put("free_bytes", cache.freeBytes());
    return json;
  }
}
