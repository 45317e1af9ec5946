package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/** The one input of a network that takes pictures, and the way from these to its tensor. */
public final class PictureInput {
  private static final Set<Integer> COLOURS = Set.of(1, 3);
  private final Preprocess preprocess;
  private final PictureElements elements;
  private final boolean channelsLast;
  private final int batch;
  private final int channels;
  private final int height;
  private final int width;

  private PictureInput(Input input, Preprocess preprocess) {
    List<Integer> dims = input.dims();
    this.preprocess = preprocess;
    this.elements = PictureElements.of(input, preprocess);
    this.channelsLast = isChannelsLast(dims);
    this.batch = dims.get(0);
    this.channels = known(dims.get(channelsLast ? 3 : 1), preprocess.order().count());
    this.height = known(dims.get(channelsLast ? 1 : 2), preprocess.crop());
    this.width = known(dims.get(channelsLast ? 2 : 3), preprocess.crop());
  }

  /**
   * The input of a graph, NCHW or NHWC; extents that it leaves open are as the preprocessing makes
   * them.
   *
   * @throws ClassifierException if the graph does not take one batch of pictures
   * @throws IllegalArgumentException if it takes integers that the preprocessing does not make
   */
  public static PictureInput of(Graph graph, Preprocess preprocess) {
    if (graph.inputs().size() != 1 || graph.inputs().get(0).dims().size() != 4) {
      throw ClassifierException.noClassifier(
          "a classifier takes one batch of pictures; this model's inputs are " + graph.inputs());
    }
    return new PictureInput(graph.inputs().get(0), preprocess);
  }

  /** Whether a picture's colours, by their number, can only be the last axis. */
  private static boolean isChannelsLast(List<Integer> dims) {
    return COLOURS.contains(dims.get(3)) && !COLOURS.contains(dims.get(1));
  }

  private static int known(int extent, int otherwise) {
    return extent == Input.UNKNOWN ? otherwise : extent;
  }

  /** Its extents, of which only the first may be {@link Input#UNKNOWN}. */
  public List<Integer> dims() {
    return channelsLast
        ? List.of(batch, height, width, channels)
        : List.of(batch, channels, height, width);
  }

  /** Rows of a prepared picture. */
  public int height() {
    return height;
  }

  /** Pixels in a row of a prepared picture. */
  public int width() {
    return width;
  }

  /** The pictures, prepared. */
  public Tensor of(List<Picture> pictures) {
    Tensor planes = preprocess.apply(pictures, height, width);
    return elements.of(channelsLast ? interleaved(planes) : planes);
  }

  private static Tensor interleaved(Tensor planes) {
    Shape from = planes.shape();
    Tensor pixels = Tensor.zeros(Shape.of(from.n(), from.h(), from.w(), from.c()));
    FloatBuffer in = planes.floats();
    FloatBuffer out = pixels.floats();
    int plane = from.h() * from.w();
    for (int n = 0; n < from.n(); n++) {
      for (int i = 0; i < plane; i++) {
        for (int c = 0; c < from.c(); c++) {
          out.put(in.get((n * from.c() + c) * plane + i));
        }
      }
    }
    return pixels;
  }
}
