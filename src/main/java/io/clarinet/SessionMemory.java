package io.clarinet;

/**
 * The memory that a session holds at a moment, in bytes, without the driver's and the JVM's own. On
 * a CPU, by OpenCL or the JVM, the device's memory is the host's.
 *
 * @param plans number of plans, one for each shape of inputs
 * @param lanes number of lanes of all plans: runs that can be in flight without more memory
 * @param weightBytes on the device: weights as kernels read them, one copy for all plans
 * @param laneBytes on the device: the values of each lane's run
 * @param planBytes on the host: the plans themselves, estimated
 * @param modelBytes on the host: the model's weights as they were loaded; those of a mapped file
 *     take memory only while the system has it to spare
 */
public record SessionMemory(
    int plans, int lanes, long weightBytes, long laneBytes, long planBytes, long modelBytes) {

  /** All bytes on the device. */
  public long deviceBytes() {
    return weightBytes + laneBytes;
  }

  /** All bytes on the host. */
  public long hostBytes() {
    return planBytes + modelBytes;
  }
}
