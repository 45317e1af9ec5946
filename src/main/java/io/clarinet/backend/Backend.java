package io.clarinet.backend;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Plan;
import java.time.Instant;
import java.util.Optional;

/**
 * An opened device that can run plans. Packed constants are made once and shared by all executables
 * of one backend. Safe to share between threads.
 */
public interface Backend extends AutoCloseable {

  /** The device as planning sees it. */
  DeviceProfile profile();

  /** Runs of one plan that can be in flight, each in arenas of its own. */
  int lanes();

  /** The memory of all loaded plans. */
  MemoryUse memory();

  /** When the profile's speed was measured; empty where that is not known. */
  default Optional<Instant> measuredAt() {
    return Optional.empty();
  }

  /** Measures the device beside runs; where that cannot be done it gives the profile's speed. */
  default SpeedMeter meter() {
    return () -> profile().speed();
  }

  /**
   * Whether a plan's strands ({@link io.clarinet.graph.Node.Strand}) would run side by side, each
   * on its share of the cores.
   */
  default boolean runsStrands(Plan plan) {
    return false;
  }

  /** Records that a run was faster than the measured part of the profile allows. */
  default void doubtProfile() {}

  /**
   * Prepares a plan: programs built, constants packed, memory taken, arguments bound.
   *
   * @throws KernelRejectedException if a kernel does not build here; plan again without it
   */
  Executable load(Plan plan);

  @Override
  void close();
}
