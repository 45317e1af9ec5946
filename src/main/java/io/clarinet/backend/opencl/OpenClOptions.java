package io.clarinet.backend.opencl;

import io.clarinet.backend.CacheFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Options of a device that the user or a test may set.
 *
 * @param lanes runs that one executable can have in flight, each with an arena of its own
 * @param overrides what to plan with in place of what the device says of itself
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
    Overrides overrides,
    @Nullable Path kernels,
    Path cache,
    @Nullable Boolean binaries,
    @Nullable Boolean chain,
    boolean poison) {

  /**
   * What planning takes for the device's own.
   *
   * @param channelBlock channels in a block, 4, 8 or 16; 0 for what suits the device
   * @param gpu whether a device that is no GPU is planned for as if it were one
   * @param groupSize work-items of the largest work-group; 0 for what the device allows
   * @param localMemoryBytes local memory; 0 for what the device has
   */
  public record Overrides(int channelBlock, boolean gpu, int groupSize, long localMemoryBytes) {

    public Overrides {
      if (channelBlock != 0 && channelBlock != 4 && channelBlock != 8 && channelBlock != 16) {
        throw new IllegalArgumentException("channel block: " + channelBlock + " is not 4, 8 or 16");
      }
    }

    private static Overrides fromProperties() {
      return new Overrides(
          Integer.getInteger("clarinet.block", 0),
          "gpu".equals(System.getProperty("clarinet.kind")),
          Integer.getInteger("clarinet.group", 0),
          Long.getLong("clarinet.localMemory", 0));
    }
  }

  public OpenClOptions {
    if (lanes < 1) {
      throw new IllegalArgumentException("lanes: " + lanes + " is not at least 1");
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
        Overrides.fromProperties(),
        kernels == null ? null : Path.of(kernels),
        CacheFolder.standard(),
        null,
        chain == null ? null : Boolean.valueOf(chain),
        false);
  }

  public OpenClOptions withLanes(int count) {
    return new OpenClOptions(count, overrides, kernels, cache, binaries, chain, poison);
  }

  public OpenClOptions withKernels(Path folder) {
    return new OpenClOptions(lanes, overrides, folder, cache, binaries, chain, poison);
  }

  public OpenClOptions withCache(Path folder) {
    return new OpenClOptions(lanes, overrides, kernels, folder, binaries, chain, poison);
  }

  public OpenClOptions poisoned() {
    return new OpenClOptions(lanes, overrides, kernels, cache, binaries, chain, true);
  }

  /** Keeps compiled programs in the cache, whatever the driver does itself. */
  public OpenClOptions withBinaries() {
    return new OpenClOptions(lanes, overrides, kernels, cache, true, chain, poison);
  }

  /** With or without many launches as one. */
  public OpenClOptions withChain(boolean may) {
    return new OpenClOptions(lanes, overrides, kernels, cache, binaries, may, poison);
  }
}
