package io.clarinet.backend;

/**
 * The memory of the plans that are loaded on a device.
 *
 * @param lanes number of lanes: runs that can be in flight without more memory
 * @param laneBytes bytes of the arenas of all lanes
 * @param weightBytes bytes of packed constants, which plans share
 * @param hostBytes bytes of the plans themselves on the host, estimated
 */
public record MemoryUse(int lanes, long laneBytes, long weightBytes, long hostBytes) {}
