package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Conv2dKernel;
import io.clarinet.kernel.opencl.Conv2dShape;
import io.clarinet.kernel.opencl.Conv2dWeights;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/conv2d_stem_gpu.cl}: a network's first convolution, from a plain image of few
 * channels, without the idle lanes that these would have in channel blocks.
 */
record Conv2dStemGpu(Conv2d op, Form form) implements Conv2dKernel {
  /** Columns of output pixels of a group, and rows of a work-item. */
  private static final int SIDE = 8;

  private static final int MOST_CHANNELS = 4;

  /** Products in one running sum, few enough for {@code LongSumsTest}. */
  private static final int LONGEST_SUM = 512;

  /** Local memory that even NVIDIA's devices give a group. */
  private static final long MOST_LOCAL_BYTES = 48 << 10;

  /**
   * A tile of the output.
   *
   * @param rows of its 8 columns
   * @param channels of it
   * @param laneBlocks channel blocks of a work-item
   * @param registers of a work-item, of compilers for NVIDIA and AMD the most
   */
  private record Form(int rows, int channels, int laneBlocks, int registers) {
    private static final int BLOCK = DeviceProfile.GPU_BLOCK;

    int lanes() {
      return rows * channels / BLOCK / laneBlocks;
    }

    int pixels() {
      return SIDE * rows;
    }

    int sums() {
      return SIDE * BLOCK * laneBlocks;
    }

    /** Instructions of a work-item in those that multiply: it loads a column and the weights. */
    double loadCost() {
      return 1 + (double) (SIDE + laneBlocks) / sums();
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(16, 64, 2, 120),
          new Form(8, 64, 1, 112),
          new Form(8, 32, 1, 136),
          new Form(16, 16, 1, 184));

  /** All forms. */
  static List<Kernel> of(Conv2d op) {
    return FORMS.stream().<Kernel>map(form -> new Conv2dStemGpu(op, form)).toList();
  }

  @Override
  public String name() {
    return "conv2d_stem_gpu_" + form.pixels() + "x" + form.channels();
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    if (shape.groups() > 1 || shape.ic() > MOST_CHANNELS) {
      return new Offer.Decline("only for one group, up to " + MOST_CHANNELS + " input channels");
    }
    if (shape.ic() * shape.taps() > LONGEST_SUM) {
      return new Offer.Decline("only for sums of up to " + LONGEST_SUM + " products");
    }
    if (form.laneBlocks() > 1 && device.simt().architecture() == Microarchitecture.INTEL) {
      return new Offer.Decline("sums of two blocks exceed the registers of INTEL devices");
    }
    if (form.lanes() > device.simt().groupSize()) {
      return new Offer.Decline("groups of " + form.lanes() + " exceed the device's");
    }
    long fit = Math.min(device.limits().localMemoryBytes(), MOST_LOCAL_BYTES) / planeBytes(shape);
    return fit == 0
        ? new Offer.Decline("one channel of a group's input exceeds local memory")
        : offer(shape, device, ceilDiv(shape.ic(), ceilDiv(shape.ic(), (int) fit)));
  }

  /** Local memory for one channel of what a tile reads. */
  private long planeBytes(Conv2dShape shape) {
    Window2d w = shape.window();
    long height = (form.rows() - 1L) * w.strideH() + w.reachH();
    long width = (SIDE - 1L) * w.strideW() + w.reachW();
    return 4 * height * width;
  }

  private Offer offer(Conv2dShape s, DeviceProfile device, int patchChannels) {
    int tiles = ceilDiv(s.oc(), form.channels());
    long patches = (long) s.n() * ceilDiv(s.ow(), SIDE) * ceilDiv(s.oh(), form.rows());
    NdRange range = NdRange.groups(form.lanes(), patches, tiles, 1);
    GroupWork work = work(s, patchChannels * planeBytes(s));
    GpuCost cost = new GpuCost(device);
    LayerOffer offer = LayerOffer.of(op, device).readsPlain();
    return offer
        .launch(
            "conv2d_stem_gpu",
            defines(s.window(), patchChannels),
            range,
            offer
                .arguments()
                .ints(s.ic(), s.oc(), s.ih(), s.iw(), s.oh(), s.ow())
                .ints(s.window().padding().top(), s.window().padding().left()))
        .resident(cost.resident(range, work))
        .accept(
            new Conv2dWeights(1, s.oc(), s.ic(), s.taps(), 1, form.channels(), tiles, 0),
            tiles * form.channels(),
            cost.seconds(patches * tiles, work, s.bytes()));
  }

  private GroupWork work(Conv2dShape s, long localBytes) {
    double flops = 2.0 * form.pixels() * form.channels() * s.ic() * s.taps() * form.loadCost();
    return new GroupWork(form.lanes(), flops, form.registers(), form.sums(), localBytes);
  }

  private Map<String, String> defines(Window2d w, int patchChannels) {
    Map<String, Integer> all = new HashMap<>();
    all.put("KH", w.kernelH());
    all.put("KW", w.kernelW());
    all.put("STRIDE_H", w.strideH());
    all.put("STRIDE_W", w.strideW());
    all.put("DILATION_H", w.dilationH());
    all.put("DILATION_W", w.dilationW());
    all.put("TILE_ROWS", form.rows());
    all.put("TILE_BLOCKS", form.channels() / DeviceProfile.GPU_BLOCK);
    all.put("LANE_BLOCKS", form.laneBlocks());
    all.put("PATCH_CHANNELS", patchChannels);
    Map<String, String> defines = new HashMap<>();
    all.forEach((name, value) -> defines.put(name, value.toString()));
    return defines;
  }
}
