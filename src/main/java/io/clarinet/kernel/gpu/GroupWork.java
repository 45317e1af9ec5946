package io.clarinet.kernel.gpu;

/**
 * The work and the needs of one work-group.
 *
 * @param lanes its work-items
 * @param flops float operations that it executes, those of idle lanes included
 * @param registers 32-bit registers of a work-item
 * @param independent multiply-adds of a work-item that need not wait for each other
 * @param localBytes local memory of the group
 */
public record GroupWork(int lanes, double flops, int registers, int independent, long localBytes) {

  /** Groups of a kernel that moves memory: no local memory, few registers. */
  static GroupWork streaming(int lanes, double flops) {
    return new GroupWork(lanes, flops, 32, 1, 0);
  }
}
