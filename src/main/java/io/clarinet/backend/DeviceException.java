package io.clarinet.backend;

import org.jspecify.annotations.Nullable;

/**
 * A device or its driver failed; the message names what was tried, where, and the driver's code.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
