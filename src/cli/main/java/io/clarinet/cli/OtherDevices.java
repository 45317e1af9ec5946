package io.clarinet.cli;

import io.clarinet.report.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Devices that a plan could have been made for.
 *
 * @param passedOver those that were passed over for its own, and why; may be empty
 * @param jvmSeconds predicted time of a run through the JVM on the same cores, where there is one
 */
record OtherDevices(String passedOver, OptionalDouble jvmSeconds) {
  static final OtherDevices NONE = new OtherDevices("", OptionalDouble.empty());

  /** What is to be said of them beside a plan. */
  List<String> lines(Explanation plan) {
    List<String> lines = new ArrayList<>();
    if (!passedOver.isEmpty()) {
      lines.add("and not another device: " + passedOver);
    }
    jvmSeconds.ifPresent(
        seconds ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "predicted %.3f ms; through the JVM on the same cores %.3f ms, %.2f times that",
                    plan.predictedSeconds() * 1e3,
                    seconds * 1e3,
                    seconds / plan.predictedSeconds())));
    return lines;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("passed_over", passedOver);
    jvmSeconds.ifPresent(seconds -> json.put("jvm_predicted_ms", seconds * 1e3));
    return json;
  }
}
