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
 * @param bytesUnderWay bytes that a work-item has under way
 */
public record GroupWork(
    int lanes,
    double flops,
    int registers,
    int independent,
    long localBytes,
    double cachedBytes,
    int steps,
    double bytesUnderWay) {
  /** Two loads of 16 bytes. */
  private static final double TWO_LOADS = 32;

  /** Groups that move no byte twice, and whose waits many others fill. */
  public GroupWork(int lanes, double flops, int registers, int independent, long localBytes) {
    this(lanes, flops, registers, independent, localBytes, 0, 0, TWO_LOADS);
  }

  /** Groups of a kernel that moves memory: no local memory, few registers. */
  static GroupWork streaming(int lanes, double flops) {
    return new GroupWork(lanes, flops, 32, 1, 0);
  }

  /** With so many bytes through the cache. */
  GroupWork cached(double bytes) {
    return new GroupWork(
        lanes, flops, registers, independent, localBytes, bytes, steps, bytesUnderWay);
  }

  /** With so many waits. */
  GroupWork steps(int waits) {
    return new GroupWork(
        lanes, flops, registers, independent, localBytes, cachedBytes, waits, bytesUnderWay);
  }

  /** With so many bytes of a work-item under way. */
  GroupWork loading(double bytes) {
    return new GroupWork(
        lanes, flops, registers, independent, localBytes, cachedBytes, steps, bytes);
  }
}
