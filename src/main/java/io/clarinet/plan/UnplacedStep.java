package io.clarinet.plan;

import io.clarinet.plan.Step.Refusal;
import java.util.ArrayList;
import java.util.List;

/** A step whose values have no places yet. */
final class UnplacedStep {
  final String node;
  final Step.Layer layer;
  final String op;
  final String kernel;
  final Step.Action action;
  final double seconds;
  final List<Refusal> declined;
  final List<Values.Source> inputs = new ArrayList<>();
  final List<Slot> outputs = new ArrayList<>();
  final List<Integer> packed = new ArrayList<>();
  final List<Slot> scratch = new ArrayList<>();

  UnplacedStep(
      String node,
      Step.Layer layer,
      String op,
      String kernel,
      Step.Action action,
      double seconds,
      List<Refusal> declined) {
    this.node = node;
    this.layer = layer;
    this.op = op;
    this.kernel = kernel;
    this.action = action;
    this.seconds = seconds;
    this.declined = declined;
  }

  /** Extends the lifetimes of all slots that this step reads or writes to its number. */
  void touch(int step) {
    inputs.forEach(source -> source.touch(step));
    outputs.forEach(slot -> slot.touch(step));
    scratch.forEach(slot -> slot.touch(step));
  }
}
