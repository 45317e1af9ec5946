package io.clarinet.selftest;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another process, on the same device. It is begun anew after each end; a plan that ends it, or
 * keeps it silent for too long, has failed.
 */
final class ChildProcess implements Site {
  /** The longest wait for a JVM to find its device. */
  private static final Duration START = Duration.ofSeconds(60);

  /** Cases that may take as long together as one may: most wait for the same compilation. */
  private static final int CASES = 4;

  private final ListedDevice device;
  private final OpenClOptions options;
  private final Duration patience;
  private @Nullable ChildJvm jvm;
  private boolean ready;
  private boolean loading;

  /**
   * Starts a JVM, which is waited for only when it is needed.
   *
   * @param patience the longest wait for a case, compilation included
   * @throws NoSiteException if none can be started
   */
  ChildProcess(ListedDevice device, OpenClOptions options, Duration patience) {
    this.device = device;
    this.options = options;
    this.patience = patience;
    this.jvm = started();
  }

  /** A JVM that knows what it is for. */
  private ChildJvm started() {
    ChildJvm child = ChildJvm.start(device, options);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(OpenCl.installation().identity(device));
      child.send(bytes.toByteArray());
    } catch (IOException e) {
      // found again, and told, where it is waited for
    }
    return child;
  }

  /** Has it load the driver's compiler while it waits. */
  void loadCompiler() {
    ChildJvm child = jvm;
    try {
      if (child != null) {
        child.send(message(CaseServer.LOAD_COMPILER, new byte[0]));
        loading = true;
      }
    } catch (IOException e) {
      // as above
    }
  }

  @Override
  public void expect(String chain) {
    try {
      ready().send(message(CaseServer.COMPILE, chain.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // found again, and told, by the run
    }
  }

  @Override
  public Outcome run(CasePlan cases) {
    ChildJvm child = ready();
    Duration limit = patience.multipliedBy(1 + cases.arenas().size() / CASES);
    try {
      child.send(message(CaseServer.RUN, PlanWriter.bytes(cases.plan(), cases.inputs())));
    } catch (IOException e) {
      return lost(child, limit);
    }
    return Optional.ofNullable(child.answer(limit))
        .flatMap(Answers::outcome)
        .orElseGet(() -> lost(child, limit));
  }

  /**
   * Returns when it has found the device, and loaded the compiler if it was to.
   *
   * @throws NoSiteException if it does not
   */
  void awaitReady() {
    ready();
  }

  /** A JVM that has found the device. */
  private ChildJvm ready() {
    ChildJvm child = jvm;
    if (child == null) {
      child = started();
      jvm = child;
    }
    if (!ready) {
      if (!Answers.READY.equals(child.answer(START))) {
        String end = child.end();
        throw new NoSiteException(
            "another JVM " + (end.isEmpty() ? "does not find the device" : end));
      }
      ready = true;
    }
    if (loading && !Answers.LOADED.equals(child.answer(patience))) {
      close();
      return ready();
    }
    loading = false;
    return child;
  }

  private static void write(byte[] content, DataOutputStream out) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  private static byte[] message(byte kind, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      write(content, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Outcome lost(ChildJvm child, Duration limit) {
    String end = child.end();
    close();
    return new Outcome.Failed(
        end.isEmpty() ? "no end within " + limit.toSeconds() + " s" : "it " + end);
  }

  @Override
  public void close() {
    ChildJvm last = jvm;
    jvm = null;
    ready = false;
    loading = false;
    if (last != null) {
      last.close();
    }
  }
}
