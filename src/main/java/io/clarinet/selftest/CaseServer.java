package io.clarinet.selftest;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.backend.opencl.Selection;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs plans of cases on one device, as it reads them from standard input, until
 * that ends. Whatever a driver does to it, the process that asked goes on.
 */
public final class CaseServer {
  /** The argument that says that compiled programs are kept, whatever the driver does itself. */
  static final String KEEP_BINARIES = "keep-binaries";

  private final PrintStream out;
  private final OpenClOptions options;
  private @Nullable OpenClBackend backend;

  private CaseServer(PrintStream out, OpenClOptions options) {
    this.out = out;
    this.options = options;
  }

  /**
   * Runs what it is given.
   *
   * @param args the device's id, and perhaps {@value #KEEP_BINARIES}
   */
  public static void main(String[] args) throws IOException {
    endWithParent();
    OpenClOptions options = OpenClOptions.fromProperties();
    boolean keep = args.length > 1 && args[1].equals(KEEP_BINARIES);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    new CaseServer(out, keep ? options.withBinaries() : options).serve(args[0]);
    Runtime.getRuntime().halt(0);
  }

  /** A kernel that hangs would keep this process, and the device busy, after its parent's end. */
  private static void endWithParent() {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    Thread watch =
        new Thread(
            () -> {
              parent.orElseThrow().onExit().join();
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    if (parent.isPresent()) {
      watch.start();
    }
  }

  private void serve(String id) throws IOException {
    if (!(OpenCl.installation().select(id) instanceof Selection.Chosen chosen)) {
      return;
    }
    say(Answers.READY);
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    try {
      String identity = in.readUTF();
      while (true) {
        byte[] plan = in.readNBytes(in.readInt());
        say(Answers.line(answer(chosen.device(), identity, PlanReader.of(plan))));
      }
    } catch (EOFException e) {
      // the parent has no more
    }
  }

  private Outcome answer(ListedDevice device, String identity, PlanReader.Read read) {
    try {
      OpenClBackend opened = backend;
      if (opened == null) {
        opened = OpenClBackend.unchecked(device, options, read.plan().device());
        backend = opened;
      }
      if (!opened.identity().equals(identity)) {
        return new Outcome.Failed("in another process " + device + " is another device");
      }
      Outcome outcome = OwnProcess.run(opened, read.plan(), read.arenas());
      opened.keepBinaries();
      return outcome;
    } catch (RuntimeException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    out.print("\n" + Answers.MARK + line + "\n");
    out.flush();
  }
}
