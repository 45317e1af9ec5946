package io.clarinet.kernel.gpu;

/**
 * The work and the needs of one work-group.
 *
 * @param lanes its work-items
 * @param flops float operations that it executes, those of idle lanes included
 * @param registers 32-bit registers of a work-item
 * @param independent multiply-adds of a work-item that need not wait for each other
 * @param localBytes local memory of the group
 * @param cachedBytes bytes that it moves, those that other groups move too included
 * @param steps times that all its work-items wait for loads, one after the other
 */
public record GroupWork(
    int lanes,
    double flops,
    int registers,
    int independent,
    long localBytes,
    double cachedBytes,
    int steps) {

  /** Groups that move no byte twice, and whose waits many others fill. */
  public GroupWork(int lanes, double flops, int registers, int independent, long localBytes) {
    this(lanes, flops, registers, independent, localBytes, 0, 0);
  }

  /** Groups of a kernel that moves memory: no local memory, few registers. */
  static GroupWork streaming(int lanes, double flops) {
    return new GroupWork(lanes, flops, 32, 1, 0);
  }

  /** With so many bytes through the cache. */
  GroupWork cached(double bytes) {
    return new GroupWork(lanes, flops, registers, independent, localBytes, bytes, steps);
  }

  /** With so many waits. */
  GroupWork steps(int waits) {
    return new GroupWork(lanes, flops, registers, independent, localBytes, cachedBytes, waits);
  }
}
