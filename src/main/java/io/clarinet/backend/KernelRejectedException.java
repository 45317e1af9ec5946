package io.clarinet.backend;

/** A kernel that does not build on a device, or gave a wrong answer to a known question. */
public final class KernelRejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String kernel;

  public KernelRejectedException(String kernel, String reason) {
    super(reason);
    this.kernel = kernel;
  }

  /** Name of the kernel, as {@link io.clarinet.kernel.Kernel#name()} gives it. */
  public String kernel() {
    return kernel;
  }
}
