package io.clarinet.backend;

import org.jspecify.annotations.Nullable;

/**
 * A device or its driver failed; the message names what was tried, where, and the driver's code.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message is one line: what was tried, where, the driver's code. */
  public DeviceException(String message) {
    super(message);
  }

  /** The same, with what the device or its driver threw. */
  public DeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
