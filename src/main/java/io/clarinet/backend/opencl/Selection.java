package io.clarinet.backend.opencl;

import java.util.List;

/** The outcome of a request for a device. */
public sealed interface Selection {

  /** One device fits. */
  record Chosen(ListedDevice device) implements Selection {}

  /** Several fit a name, and one must be said. */
  record Ambiguous(List<ListedDevice> devices) implements Selection {
    public Ambiguous {
      devices = List.copyOf(devices);
    }
  }

  /**
   * None fits or can be used.
   *
   * @param reason in a sentence
   * @param hint the remedy, in a sentence; empty if nothing can be done
   */
  record None(String reason, String hint) implements Selection {}
}
