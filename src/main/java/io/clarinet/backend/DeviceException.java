package io.clarinet.backend;

import org.jspecify.annotations.Nullable;

/**
 * A device or its driver failed; the message names what was tried, where, and the driver's code.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outOfMemory;

  /** The message is one line: what was tried, where, the driver's code. */
  public DeviceException(String message) {
    this(message, null);
  }

  /** The same, with what the device or its driver threw. */
  public DeviceException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private DeviceException(String message, @Nullable Throwable cause, boolean outOfMemory) {
    super(message, cause);
    this.outOfMemory = outOfMemory;
  }

  /** The device has no room for what it was to hold. */
  public static DeviceException outOfMemory(String message, @Nullable Throwable cause) {
    return new DeviceException(message, cause, true);
  }

  /** Whether less of it may do: smaller inputs, or fewer of them. */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }
}
