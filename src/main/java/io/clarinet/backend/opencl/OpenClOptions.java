package io.clarinet.backend.opencl;

import io.clarinet.backend.CacheFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Options of a device that the user or a test may set.
 *
 * @param lanes runs that one executable can have in flight, each with an arena of its own
 * @param channelBlock channels in a block, 4, 8 or 16; 0 for what suits the device
 * @param gpu whether a device that is no GPU is planned for as if it were one
 * @param groupSize work-items of a work-group to plan with; 0 for what the device allows
 * @param localMemoryBytes local memory to plan with; 0 for what the device has
 * @param kernels folder to read kernel sources from instead of the built-in ones
 * @param cache folder for compiled programs and measurements
 * @param binaries whether compiled programs are kept in the cache; null for whether the driver does
 *     not do so itself
 * @param chain whether many launches may run as one, where the device is a CPU; null for whether
 *     its driver is PoCL
 * @param poison fills all arenas with NaN before each run, to find reads of unwritten memory
 */
public record OpenClOptions(
    int lanes,
    int channelBlock,
    boolean gpu,
    int groupSize,
    long localMemoryBytes,
    @Nullable Path kernels,
    Path cache,
    @Nullable Boolean binaries,
    @Nullable Boolean chain,
    boolean poison) {

  public OpenClOptions {
    if (lanes < 1) {
      throw new IllegalArgumentException("lanes: " + lanes + " is not at least 1");
    }
    if (channelBlock != 0 && channelBlock != 4 && channelBlock != 8 && channelBlock != 16) {
      throw new IllegalArgumentException("channel block: " + channelBlock + " is not 4, 8 or 16");
    }
  }

  /**
   * The options set by system properties: {@code clarinet.lanes}, {@code clarinet.block}, {@code
   * clarinet.localMemory} (bytes), {@code clarinet.kernels} (folder), {@code clarinet.cache}
   * (folder, else the system's, or a temporary one where that cannot be written), {@code
   * clarinet.chain} ({@code true}, {@code false}).
   */
  public static OpenClOptions fromProperties() {
    String kernels = System.getProperty("clarinet.kernels");
    String chain = System.getProperty("clarinet.chain");
    return new OpenClOptions(
        Integer.getInteger("clarinet.lanes", 1),
        Integer.getInteger("clarinet.block", 0),
        "gpu".equals(System.getProperty("clarinet.kind")),
        Integer.getInteger("clarinet.group", 0),
        Long.getLong("clarinet.localMemory", 0),
        kernels == null ? null : Path.of(kernels),
        CacheFolder.standard(),
        null,
        chain == null ? null : Boolean.valueOf(chain),
        false);
  }

  public OpenClOptions withLanes(int count) {
    return new OpenClOptions(
        count,
        channelBlock,
        gpu,
        groupSize,
        localMemoryBytes,
        kernels,
        cache,
        binaries,
        chain,
        poison);
  }

  public OpenClOptions withKernels(Path folder) {
    return new OpenClOptions(
        lanes,
        channelBlock,
        gpu,
        groupSize,
        localMemoryBytes,
        folder,
        cache,
        binaries,
        chain,
        poison);
  }

  public OpenClOptions withCache(Path folder) {
    return new OpenClOptions(
        lanes,
        channelBlock,
        gpu,
        groupSize,
        localMemoryBytes,
        kernels,
        folder,
        binaries,
        chain,
        poison);
  }

  public OpenClOptions poisoned() {
    return new OpenClOptions(
        lanes,
        channelBlock,
        gpu,
        groupSize,
        localMemoryBytes,
        kernels,
        cache,
        binaries,
        chain,
        true);
  }

  /** Keeps compiled programs in the cache, whatever the driver does itself. */
  public OpenClOptions withBinaries() {
    return new OpenClOptions(
        lanes, channelBlock, gpu, groupSize, localMemoryBytes, kernels, cache, true, chain, poison);
  }

  /** Plans for any device as for a GPU, with groups of so many work-items at most. */
  public OpenClOptions asGpu(int largestGroup) {
    return new OpenClOptions(
        lanes,
        channelBlock,
        true,
        largestGroup,
        localMemoryBytes,
        kernels,
        cache,
        binaries,
        chain,
        poison);
  }

  /** With or without many launches as one. */
  public OpenClOptions withChain(boolean may) {
    return new OpenClOptions(
        lanes,
        channelBlock,
        gpu,
        groupSize,
        localMemoryBytes,
        kernels,
        cache,
        binaries,
        may,
        poison);
  }
}
