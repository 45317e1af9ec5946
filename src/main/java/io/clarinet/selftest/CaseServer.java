package io.clarinet.selftest;

import io.clarinet.backend.Once;
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
import java.util.function.Consumer;

/**
 * A program that compiles chains and runs plans of cases on one device, as it reads them from
 * standard input, until that ends. Whatever a driver does to it, the process that asked goes on.
 */
public final class CaseServer {
  /** The argument that says that compiled programs are kept, whatever the driver does itself. */
  static final String KEEP_BINARIES = "keep-binaries";

  /** Before a plan, which is answered. */
  static final byte RUN = 1;

  /** Before the text of a chain, which is not. */
  static final byte COMPILE = 2;

  /** Before nothing: the compiler is loaded, which is answered too. */
  static final byte LOAD_COMPILER = 3;

  private final PrintStream out;
  private final OpenClOptions options;

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
      Once<OpenClBackend> backend = new Once<>(() -> open(chosen.device(), identity));
      while (true) {
        byte kind = in.readByte();
        byte[] message = message(in);
        switch (kind) {
          case RUN -> say(Answers.line(answer(backend, PlanReader.of(message))));
          case LOAD_COMPILER -> {
            compile(backend, OpenClBackend::loadCompiler);
            say(Answers.LOADED);
          }
          default -> {
            String chain = new String(message, StandardCharsets.UTF_8);
            new Thread(() -> compile(backend, device -> device.compileChain(chain)), "compile")
                .start();
          }
        }
      }
    } catch (EOFException e) {
      // the parent has no more
    }
  }

  private static byte[] message(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  private OpenClBackend open(ListedDevice device, String identity) {
    OpenClBackend opened = OpenClBackend.unchecked(device, options);
    if (!opened.identity().equals(identity)) {
      throw new IllegalStateException("in another process " + device + " is another device");
    }
    return opened;
  }

  private static void compile(Once<OpenClBackend> backend, Consumer<OpenClBackend> work) {
    try {
      work.accept(backend.get());
    } catch (RuntimeException e) {
      // the plan's run fails too, and tells why
    }
  }

  private static Outcome answer(Once<OpenClBackend> backend, PlanReader.Read read) {
    try {
      Outcome outcome = OwnProcess.run(backend.get(), read.plan(), read.arenas());
      backend.get().keepBinaries();
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
