package io.clarinet.backend.opencl;

import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import java.util.List;

/**
 * What NVIDIA's OpenCL does not tell, by compute capability: from the table of technical
 * specifications in the CUDA C++ Programming Guide, and the L2 of the white papers.
 *
 * @param since the first compute capability, 90 for 9.0
 * @param items work-items under way on a multiprocessor
 * @param localKilobytes shared memory of a multiprocessor
 * @param cacheKilobytes L2 for each multiprocessor, of the GPU that has least
 */
record NvidiaGeneration(
    int since, int cores, int items, int groups, int localKilobytes, int cacheKilobytes) {
  private static final int REGISTERS = 64 << 10;

  private static final List<NvidiaGeneration> ALL =
      List.of(
          new NvidiaGeneration(120, 128, 1536, 24, 100, 512),
          new NvidiaGeneration(100, 128, 2048, 32, 228, 850),
          new NvidiaGeneration(90, 128, 2048, 32, 228, 380),
          new NvidiaGeneration(89, 128, 1536, 24, 100, 512),
          new NvidiaGeneration(86, 128, 1536, 16, 100, 72),
          new NvidiaGeneration(80, 64, 2048, 32, 164, 370),
          new NvidiaGeneration(75, 64, 1024, 16, 64, 80),
          new NvidiaGeneration(70, 64, 2048, 32, 96, 76),
          new NvidiaGeneration(61, 128, 2048, 32, 96, 100),
          new NvidiaGeneration(60, 64, 2048, 32, 64, 73),
          new NvidiaGeneration(50, 128, 2048, 32, 64, 100));

  /** What is typical, where no capability is told or it is older than all. */
  private static final NvidiaGeneration TYPICAL = new NvidiaGeneration(0, 128, 1536, 16, 100, 72);

  static NvidiaGeneration of(int capability) {
    return ALL.stream().filter(each -> each.since <= capability).findFirst().orElse(TYPICAL);
  }

  Simt simt() {
    Simt typical = Simt.typical(Microarchitecture.NVIDIA);
    return new Simt(
        Microarchitecture.NVIDIA,
        typical.lanes(),
        typical.groupSize(),
        cores,
        items,
        groups,
        REGISTERS,
        (long) localKilobytes << 10,
        false);
  }

  /** The L2 of a GPU of so many multiprocessors. */
  long cacheBytes(int units) {
    return ((long) cacheKilobytes << 10) * units;
  }
}
