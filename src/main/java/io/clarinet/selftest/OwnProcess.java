package io.clarinet.selftest;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** This process, which a driver may take with it. */
record OwnProcess(Backend backend) implements Site {

  @Override
  public Outcome run(CasePlan cases) {
    return run(backend, cases.plan(), cases.inputs());
  }

  /** Runs a plan whose inputs are its outputs too. */
  static Outcome run(Backend backend, Plan plan, List<Tensor> arenas) {
    List<Tensor> after = arenas.stream().map(a -> Tensor.zeros(a.type(), a.shape())).toList();
    try (Executable executable = backend.load(plan)) {
      executable.run(arenas, after);
      return new Outcome.Ran(after);
    } catch (KernelRejectedException e) {
      return new Outcome.Rejected(e.kernel(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Outcome.Failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  @Override
  public void close() {}
}
