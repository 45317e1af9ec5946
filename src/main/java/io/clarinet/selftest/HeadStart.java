package io.clarinet.selftest;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClOptions;
import org.jspecify.annotations.Nullable;

/** A process for cases that starts while its device is still checked and measured here. */
public final class HeadStart implements AutoCloseable {
  private @Nullable ChildProcess process;

  private HeadStart(@Nullable ChildProcess process) {
    this.process = process;
  }

  /** No process. */
  static HeadStart none() {
    return new HeadStart(null);
  }

  /** For a device of whose kernels nothing is known yet; of no use for any other. */
  public static HeadStart of(ListedDevice device, OpenClOptions options) {
    String identity = OpenCl.installation().identity(device);
    if (!SelfTest.isWanted() || !Verdicts.of(options.cache(), identity).isEmpty()) {
      return none();
    }
    try {
      ChildProcess process = new ChildProcess(device, options, SelfTest.PATIENCE);
      if (device.type().equals("cpu")) {
        process.loadCompiler();
      }
      return new HeadStart(process);
    } catch (NoSiteException e) {
      // said when one is needed
      return none();
    }
  }

  /** Returns when the process waits for work, so that it disturbs no measurement. */
  public synchronized void awaitReady() {
    try {
      if (process != null) {
        process.awaitReady();
      }
    } catch (NoSiteException e) {
      close();
    }
  }

  /** The process, for whom asks first. */
  synchronized @Nullable Site take() {
    Site taken = process;
    process = null;
    return taken;
  }

  /** Ends a process that nobody took. */
  @Override
  public void close() {
    Site left = take();
    if (left != null) {
      left.close();
    }
  }
}
