package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.MinimalFiltering;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One convolution by Winograd on one device: the common part of both ways to run it. */
record WinogradCall(Conv2d op, Conv2dShape shape, Winograd winograd, DeviceProfile device) {

  /** Read speed of the cache behind the cores' own as a multiple of memory's, by measurement. */
  static final double CACHE_GAIN = 1.5;

  /**
   * Share of the shorter of arithmetic and memory that does not overlap with the other, chosen with
   * {@link #CACHE_GAIN}.
   */
  private static final double EXPOSED = 0.25;

  /** Share of the peak that the matrix products reach; no measurement of it is on record. */
  private static final double SHARE_OF_PEAK = 0.88;

  /**
   * Cycles to transform one block of a tile's inputs, per point. No measurement of it or of the
   * next alone is on record.
   */
  private static final double INPUT_CYCLES = 3;

  /** The same for its outputs. */
  private static final double OUTPUT_CYCLES = 2.5;

  WinogradCall(Conv2d op, int m, Conv2dShape shape, DeviceProfile device) {
    this(op, shape, new Winograd(m, device.channelBlock()), device);
  }

  /** Predicted time of one launch: arithmetic and memory, which overlap in part. */
  double seconds(double flops, double bytes) {
    double arithmetic = flops / device.speed().peakFlops();
    double memory = bytes / device.speed().bandwidth();
    return device.seconds(flops, bytes) + EXPOSED * Math.min(arithmetic, memory);
  }

  /** Declines windows and devices that Winograd cannot run on. */
  static Offer.@Nullable Decline declined(Conv2d op, DeviceProfile device) {
    if (!op.hasWinograd()) {
      return MinimalFiltering.declined();
    }
    return device.kind() == DeviceProfile.Kind.CPU
        ? null
        : new Offer.Decline("only for CPU devices, whose local memory is cache");
  }

  int tiles() {
    return winograd.tiles(shape);
  }

  int icBlocks() {
    return ceilDiv(shape.ic(), winograd.block());
  }

  int ocBlocks() {
    return ceilDiv(shape.oc(), winograd.block());
  }

  /** Panels of output channels. */
  int panels() {
    return ceilDiv(shape.oc(), winograd.width());
  }

  int padTop() {
    return shape.window().padding().top();
  }

  int padLeft() {
    return shape.window().padding().left();
  }

  WinogradWeights weights() {
    return new WinogradWeights(winograd, shape.oc(), shape.ic());
  }

  /**
   * Float operations of the products of so many rows, divided by the share of the peak that they
   * reach.
   */
  double multiplyFlops(double rows) {
    double channels = (double) icBlocks() * winograd.block() * panels() * winograd.width();
    return 2.0 * winograd.points() * rows * channels / SHARE_OF_PEAK;
  }

  /** The input transforms' time as float operations at peak. */
  double inputFlops() {
    return CoreModel.flops(
        INPUT_CYCLES * winograd.points() * tiles() * icBlocks(), winograd.block());
  }

  /** The output transforms' time as float operations at peak. */
  double outputFlops() {
    return CoreModel.flops(
        OUTPUT_CYCLES * winograd.points() * tiles() * ocBlocks(), winograd.block());
  }

  double inputBytes() {
    return 4.0 * shape.n() * icBlocks() * winograd.block() * shape.ih() * shape.iw();
  }

  double outputBytes() {
    return 4.0 * shape.n() * ocBlocks() * winograd.block() * shape.oh() * shape.ow();
  }

  double weightBytes() {
    return weights().bytes();
  }

  /** Elements of the packed bias. */
  int biasFloats() {
    return ocBlocks() * winograd.block();
  }

  /** The define of {@code winograd.clh}, beside the channel block. */
  Map<String, String> defines() {
    return Map.of("WINO_M", Integer.toString(winograd.m()));
  }
}
