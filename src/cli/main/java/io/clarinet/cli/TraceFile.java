package io.clarinet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clarinet.file.AtomicFile;
import io.clarinet.report.Explanation;
import io.clarinet.report.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run in the Trace Event Format of Chrome, which ui.perfetto.dev and chrome://tracing show:
 * complete events in microseconds, one line for the device, one for the host, one for transfers.
 */
final class TraceFile {
  private static final int PROCESS = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> LINES = List.of("device", "host", "transfers");

  private TraceFile() {}

  static void write(Path file, Explanation plan, Timeline run) throws IOException {
    AtomicFile.write(file, out -> out.write(JSON.writeValueAsBytes(document(plan, run))));
  }

  static Map<String, Object> document(Explanation plan, Timeline run) {
    List<Map<String, Object>> events = new ArrayList<>();
    events.add(name("process_name", 0, plan.model() + " on " + plan.device()));
    for (int line = 0; line < LINES.size(); line++) {
      events.add(name("thread_name", line, LINES.get(line)));
      events.add(metadata("thread_sort_index", line, "sort_index", line));
    }
    run.events().forEach(event -> events.add(event(event, plan)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("displayTimeUnit", "ms");
    document.put("traceEvents", events);
    return document;
  }

  private static Map<String, Object> name(String kind, int line, String name) {
    return metadata(kind, line, "name", name);
  }

  private static Map<String, Object> metadata(String kind, int line, String key, Object value) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", kind);
    json.put("ph", "M");
    json.put("pid", PROCESS);
    json.put("tid", line);
    json.put("args", Map.of(key, value));
    return json;
  }

  private static Map<String, Object> event(Timeline.Event event, Explanation plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", event.node());
    json.put("cat", event.kind());
    json.put("ph", "X");
    json.put("ts", event.startSeconds() * 1e6);
    json.put("dur", event.seconds() * 1e6);
    json.put("pid", PROCESS);
    json.put("tid", line(event.kind()));
    json.put("args", arguments(event, plan));
    return json;
  }

  private static int line(String kind) {
    return switch (kind) {
      case "kernel" -> LINES.indexOf("device");
      case "host" -> LINES.indexOf("host");
      default -> LINES.indexOf("transfers");
    };
  }

  private static Map<String, Object> arguments(Timeline.Event event, Explanation plan) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if (event.step() >= 0) {
      Explanation.StepInfo step = plan.steps().get(event.step());
      arguments.put("step", event.step());
      arguments.put("op", step.op());
      arguments.put("kernel", event.name());
      arguments.put("output", step.output());
      arguments.put("predicted_ms", step.predictedSeconds() * 1e3);
      arguments.put("gflop", step.cost().flops() * 1e-9);
      arguments.put("bytes", step.cost().bytes());
    }
    return arguments;
  }
}
