package io.clarinet;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.Selection;
import java.util.stream.Collectors;

/** A request for a device that names none, several, or one that cannot be used. */
public final class DeviceChoiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean ambiguous;

  private DeviceChoiceException(String message, boolean ambiguous) {
    super(message);
    this.ambiguous = ambiguous;
  }

  static DeviceChoiceException of(String request, Selection selection) {
    if (selection instanceof Selection.Ambiguous several) {
      String names =
          several.devices().stream().map(ListedDevice::toString).collect(Collectors.joining(", "));
      return new DeviceChoiceException(
          "\"" + request + "\" fits several devices; say which: " + names, true);
    }
    Selection.None none = (Selection.None) selection;
    String hint = none.hint().isEmpty() ? "" : "; " + none.hint();
    return new DeviceChoiceException(none.reason() + hint, false);
  }

  /** This exception with the source of the request before its message. */
  DeviceChoiceException saidBy(String source) {
    return new DeviceChoiceException(source + ": " + getMessage(), ambiguous);
  }

  /** Whether the request was too vague, and not the machine too poor. */
  public boolean isAmbiguous() {
    return ambiguous;
  }
}
