package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The size of pictures where a model leaves it open. */
record PictureSize(int height, int width) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:[xX×](\\d{1,5}))?");
  private static final int LARGEST = 16384;
  private static final Set<Integer> COLOURS = Set.of(1, 3);

  /** Reads {@code HEIGHTxWIDTH}, or one number for both. */
  static final class Converter implements ITypeConverter<PictureSize> {
    @Override
    public PictureSize convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        int height = Integer.parseInt(size.group(1));
        int width = size.group(2) == null ? height : Integer.parseInt(size.group(2));
        if (Math.min(height, width) >= 1 && Math.max(height, width) <= LARGEST) {
          return new PictureSize(height, width);
        }
      }
      throw new TypeConversionException(
          "'%s' is no size of a picture: HEIGHTxWIDTH, such as 320x320, each from 1 to %d"
              .formatted(text, LARGEST));
    }
  }

  /** Whether an input takes pictures of a size that is open. */
  static boolean isOpen(Input input) {
    return isPicture(input) && spatial(input).stream().anyMatch(axis -> isOpen(input, axis));
  }

  private static boolean isOpen(Input input, int axis) {
    return input.dims().get(axis) == Input.UNKNOWN;
  }

  private static boolean isPicture(Input input) {
    return input.dims().size() == 4;
  }

  /** The axes of height and width: the last two, but where only the last can be colours. */
  private static List<Integer> spatial(Input input) {
    boolean channelsLast =
        COLOURS.contains(input.dims().get(3)) && !COLOURS.contains(input.dims().get(1));
    return channelsLast ? List.of(1, 2) : List.of(2, 3);
  }

  /**
   * The model with its pictures of this size, where it leaves that open.
   *
   * @throws IllegalArgumentException if all are of another size, none are pictures, or naming the
   *     node that cannot work at this size
   */
  Model fixed(Model model) {
    Graph graph = model.graph();
    List<Input> pictures = graph.inputs().stream().filter(PictureSize::isPicture).toList();
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException(
          "it takes no pictures, so they have no size: its inputs are " + graph.inputs());
    }
    if (pictures.stream().noneMatch(input -> isOpen(input) || fits(input))) {
      throw new IllegalArgumentException(
          "it fixes the size of its pictures, and cannot run at " + this + ": " + pictures);
    }
    Graph sized = with(graph, graph.inputs().stream().map(this::fixed).toList());
    try {
      with(sized, sized.inputs().stream().map(PictureSize::single).toList()).facts();
    } catch (GraphException e) {
      throw new IllegalArgumentException("it cannot run at " + this + ": " + e.getMessage(), e);
    }
    return Model.of(sized);
  }

  private static Graph with(Graph graph, List<Input> inputs) {
    return new Graph(
        graph.name(), inputs, graph.outputs(), graph.constants(), graph.nodes(), graph.metadata());
  }

  private boolean fits(Input input) {
    List<Integer> spatial = spatial(input);
    return fits(input, spatial.get(0), height) && fits(input, spatial.get(1), width);
  }

  private static boolean fits(Input input, int axis, int side) {
    return isOpen(input, axis) || input.dims().get(axis) == side;
  }

  private Input fixed(Input input) {
    if (!isOpen(input)) {
      return input;
    }
    if (!fits(input)) {
      throw new IllegalArgumentException(
          "it fixes one side of its pictures, and cannot run at " + this + ": " + input);
    }
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(spatial(input).get(0), height);
    dims.set(spatial(input).get(1), width);
    return new Input(input.name(), input.type(), dims);
  }

  /** One item of an input; of colours, if their number is open, three. */
  private static Input single(Input input) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < input.dims().size(); axis++) {
      int open = isPicture(input) && axis > 0 ? 3 : 1;
      dims.add(isOpen(input, axis) ? open : input.dims().get(axis));
    }
    return new Input(input.name(), input.type(), dims);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
