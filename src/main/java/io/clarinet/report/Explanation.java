package io.clarinet.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a model at one input shape on one device.
 *
 * @param device its id and name
 * @param passes effect of each graph rewrite
 * @param arenaBytes memory for values while it runs
 * @param weightsBytes memory for packed constants
 * @param floor what no implementation beats: for each layer its multiplications at the device's
 *     peak, after Winograd's reduction, or its weights and results once through memory
 * @param peakFlops float operations that the device does in a second at best
 * @param bandwidth bytes that it reads from memory in a second at best
 * @param measured whether these two were measured on this device, not only assumed
 */
public record Explanation(
    String model,
    String device,
    List<PassEffect> passes,
    List<StepInfo> steps,
    long arenaBytes,
    long weightsBytes,
    Floor floor,
    double peakFlops,
    double bandwidth,
    boolean measured) {

  /** The effect of a graph rewrite: numbers of nodes before and after. */
  public record PassEffect(String pass, int nodesBefore, int nodesAfter) {}

  /**
   * One step of a run.
   *
   * @param node name of the graph node
   * @param layer name of the layer, the same for all parts of a batch that is split
   * @param kernel the chosen kernel
   * @param where {@code device} or {@code host}
   * @param output shape and layout of its output
   * @param predictedSeconds the cost by which it was chosen
   * @param load how it fills the device; null where that is no GPU
   */
  public record StepInfo(
      String node,
      String layer,
      String op,
      String kernel,
      String where,
      String output,
      double predictedSeconds,
      List<Refusal> declined,
      StepCost cost,
      @Nullable Load load) {}

  /**
   * How a step fills a GPU.
   *
   * @param launches kernels that it starts, one after the other
   * @param groups work-groups of the launch that has most
   * @param groupsPerUnit of these, for each compute unit; below 1 some units stay idle
   * @param bound what its predicted time mostly is: {@code arithmetic}, {@code memory} or {@code
   *     launch}
   */
  public record Load(int launches, long groups, double groupsPerUnit, String bound) {}

  /** A kernel that was not chosen, and why. */
  public record Refusal(String kernel, String reason) {}

  /** The heading of a listing of the steps: model and device. */
  public String title() {
    return model + " on " + device;
  }

  /** The device's peak and bandwidth, for people. */
  public String speed() {
    return String.format(
        Locale.ROOT,
        "peak %.0f GFLOPS, memory %.0f GB/s%s",
        peakFlops * 1e-9,
        bandwidth * 1e-9,
        measured ? "" : " (assumed, not measured)");
  }

  /** The seconds that no implementation on this device beats. */
  public double floorSeconds() {
    return floor.seconds(peakFlops, bandwidth);
  }

  /** The seconds that no implementation of a step on this device beats. */
  public double floorSeconds(StepCost cost) {
    return cost.floor().seconds(peakFlops, bandwidth);
  }

  /** This plan, as it was made, beside another speed than the one that it was made for. */
  public Explanation at(DeviceSpeed present) {
    return new Explanation(
        model,
        device,
        passes,
        steps,
        arenaBytes,
        weightsBytes,
        floor,
        present.peakFlops(),
        present.bandwidth(),
        true);
  }

  /** The sum of all steps' predicted times. */
  public double predictedSeconds() {
    return steps.stream().mapToDouble(StepInfo::predictedSeconds).sum();
  }

  /** Float operations of the network's definition, a multiply-add counting two. */
  public double flops() {
    return steps.stream().mapToDouble(s -> s.cost().flops()).sum();
  }
}
