package io.clarinet.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What bounds the time of layers from below, on a device of any speed.
 *
 * @param layers for each layer the ways to compute it, of which the fastest counts
 */
public record Floor(List<List<Way>> layers) {
  /** Of no layers: no time at all. */
  public static final Floor NONE = new Floor(List.of());

  /**
   * One way to compute a layer.
   *
   * @param flops float operations that it multiplies, a fused multiply-add counting two
   * @param bytes that come from or go to memory once
   */
  public record Way(double flops, double bytes) {
    private double seconds(double peakFlops, double bandwidth) {
      return Math.max(flops / peakFlops, bytes / bandwidth);
    }
  }

  public Floor {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /**
   * The lower bound of the seconds of all layers, one after the other.
   *
   * @param peakFlops float operations that the device does in a second at best
   * @param bandwidth bytes that it reads from memory in a second at best
   */
  public double seconds(double peakFlops, double bandwidth) {
    return layers.stream()
        .mapToDouble(
            ways -> ways.stream().mapToDouble(w -> w.seconds(peakFlops, bandwidth)).min().orElse(0))
        .sum();
  }

  /** The lower bound at a speed. */
  public double seconds(DeviceSpeed speed) {
    return seconds(speed.peakFlops(), speed.bandwidth());
  }

  /** The floor of these layers and others. */
  public Floor and(Floor others) {
    return new Floor(Stream.concat(layers.stream(), others.layers.stream()).toList());
  }
}
