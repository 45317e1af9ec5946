package io.clarinet.cli.doctor;

import io.clarinet.diagnosis.CacheFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a machine, each with a remedy. */
final class Findings {
  /** The remedy for a driver that fails. */
  static final String DRIVER_AWAY =
      "update the driver, or leave it out: remove its file from /etc/OpenCL/vendors, or set"
          + " OCL_ICD_VENDORS to a folder with the files of the others; until then"
          + " CLARINET_DEVICE=cpu";

  private static final long LITTLE = 32 << 20;
  private static final String PIN = "POCL_AFFINITY";

  private final List<Map<String, Object>> all = new ArrayList<>();

  void add(String problem, String remedy) {
    Map<String, Object> finding = new LinkedHashMap<>();
    finding.put("problem", problem);
    finding.put("remedy", remedy);
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  /** Adds a device, or a platform in place of its devices, that cannot be used. */
  void unusable(String device, String reason) {
    add(
        device + " cannot be used: " + reason,
        device.contains("rusticl")
            ? "rusticl has devices only for the drivers that RUSTICL_ENABLE names, such as radeonsi"
            : reason.contains("OpenCL 1.") || reason.contains("no compiler")
                ? "install a newer driver"
                : reason.contains("POCL_CACHE_DIR")
                    ? "set POCL_CACHE_DIR to a folder that can be written and has 16 MB free"
                    : DRIVER_AWAY);
  }

  /** Adds that kernels of a device are struck off. */
  void struckOff(String device, @Nullable Object kernels) {
    if (kernels instanceof List<?> list && !list.isEmpty()) {
      add(
          list.size()
              + (list.size() == 1 ? " kernel is" : " kernels are")
              + " struck off "
              + device,
          "update the driver; other kernels run meanwhile, and what is struck off is tried again"
              + " after 30 days, or once the folder \"selftest\" of Clarinet's cache is deleted");
    }
  }

  /** Adds what the JVM lacks. */
  void java(int vectorFloats, boolean nativeAccess) {
    if (vectorFloats == 0) {
      add(
          "this JVM has no vectors, so that the CPU without OpenCL is several times slower",
          "start Java with --add-modules jdk.incubator.vector (./clarinet does)");
    }
    if (!nativeAccess) {
      add(
          "this JVM warns of native code, and a later one will refuse it",
          "start Java with --enable-native-access=ALL-UNNAMED (./clarinet does)");
    }
  }

  /** Adds what is wrong with a cache. */
  void cache(CacheFacts cache) {
    String remedy =
        cache.of().equals("PoCL")
            ? "set POCL_CACHE_DIR to a folder that can be written and has room"
            : "name another folder with -Dclarinet.cache or XDG_CACHE_HOME";
    if (!cache.trouble().isEmpty()) {
      add("what is kept from start to start is lost: " + cache.trouble(), remedy);
    } else if (cache.freeBytes() >= 0 && cache.freeBytes() < LITTLE) {
      add("less than 32 MB are free in " + cache.folder(), remedy);
    }
  }

  /**
   * Adds what is wrong with where PoCL's threads run: it pins its worker i to processor i, whatever
   * the process may use.
   *
   * @param allowed the processors that this process may use; null if that is not known
   */
  void affinity(
      boolean pocl,
      @Nullable Object allowed,
      @Nullable Object online,
      Map<String, String> environment) {
    if (!pocl || allowed == null || online == null) {
      return;
    }
    boolean all = allowed.equals(online) && String.valueOf(online).matches("0(-\\d+)?");
    boolean pinned = "1".equals(environment.get(PIN));
    if (pinned && !all) {
      add(
          "PoCL pins its threads to the first processors, but this process may use " + allowed,
          "unset " + PIN);
    } else if (all && !environment.containsKey(PIN) && !online.equals("0")) {
      add(
          "PoCL's threads may share a core, which halves the speed now and then",
          "set " + PIN + "=1 before Java starts (./clarinet does)");
    }
  }

  List<Map<String, Object>> all() {
    return all;
  }
}
