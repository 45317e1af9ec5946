package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many requests, one in twenty malformed: {@code -Dload.requests} in all, to the model that {@code
 * -Dload.model} names. None is answered wrongly and none lost; the slopes of the heap after
 * collection and of resident memory are printed.
 */
class SoakTest {
  private static final int REQUESTS = Integer.getInteger("load.requests", 2000);
  private static final int PARTS = 10;

  @TempDir Path folder;

  @Test
  void noAnswerIsWrongOrLost() throws Exception {
    SimpleRegression heap = new SimpleRegression();
    SimpleRegression resident = new SimpleRegression();
    List<LoadResult> results = new ArrayList<>();
    Path file = ServedModels.chosen().write(folder);
    try (Session session = AnswerCheck.opened(Model.load(file)).open(Device.standard());
        ServeProcess server = ServeProcess.start(folder.resolve("log"), "--model", "m=" + file)) {
      ServedModel model = ServedModel.of(server.address(), "", 1);
      Load load = Load.ofTensors(model, new AnswerCheck(session), 5);
      for (int i = 0; i < PARTS; i++) {
        results.add(
            load.run(new LoadStep(32, 0, Duration.ZERO, Duration.ofHours(1), REQUESTS / PARTS)));
        double sent = (i + 1) * (REQUESTS / 1000.0 / PARTS);
        heap.addData(sent, heapKilobytes(server.pid()));
        resident.addData(sent, residentKilobytes(server.pid()));
      }
    }
    long answers = results.stream().mapToLong(LoadResult::answers).sum();
    System.out.printf(
        "%d answers; a 1000 requests change the heap by %.1f kB and resident memory by %.1f kB%n",
        answers, heap.getSlope(), resident.getSlope());
    assertThat(results).allMatch(LoadResult::isClean).allMatch(r -> r.refused() == 0);
    assertThat(answers).isGreaterThanOrEqualTo(REQUESTS);
  }

  /** What the heap holds after a collection. */
  private double heapKilobytes(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    double used = 0;
    for (String line : jcmd(pid, "GC.heap_info").split("\n", -1)) {
      if (line.matches(".*(new generation|tenured generation).*used \\d+K.*")) {
        used += Double.parseDouble(line.replaceFirst(".*used (\\d+)K.*", "$1"));
      }
    }
    return used;
  }

  private String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path out = folder.resolve("jcmd");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readString(out);
  }

  private static double residentKilobytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(Double.NaN);
  }
}
