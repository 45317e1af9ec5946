package io.clarinet.zoo;

/** The names that a library has for the layers of inverted residual blocks. */
interface BlockNames {

  /** The name of a convolution. */
  String convolution(Place place, Part part);

  /** The name of the batch norm behind a convolution. */
  String norm(Place place, Part part);

  /** The convolutions of a block, in their order. */
  enum Part {
    EXPAND,
    DEPTHWISE,
    SQUEEZE,
    EXCITE,
    PROJECT
  }

  /**
   * Where a block stands and what it is made of, as far as names tell of it.
   *
   * @param stage counted from 0
   * @param unit in its stage, from 0
   * @param index in the network, from 0
   */
  record Place(int stage, int unit, int index, boolean expands, boolean squeezes) {

    /** Layers before a part where squeeze and excitation are one, from 0. */
    private int ordinal(Part part) {
      int before = expands ? 1 : 0;
      return switch (part) {
        case EXPAND -> 0;
        case DEPTHWISE -> before;
        case SQUEEZE, EXCITE -> before + 1;
        case PROJECT -> before + (squeezes ? 2 : 1);
      };
    }
  }

  /** torchvision's: {@code features.3.0.block.1.0} where blocks are counted in stages. */
  BlockNames TORCHVISION_STAGED = torchvision(true);

  /** torchvision's: {@code features.5.block.1.0} where blocks are counted through the network. */
  BlockNames TORCHVISION = torchvision(false);

  /** torchvision's for MobileNet v2: {@code features.5.conv.1.0}, the projection without a pair. */
  BlockNames TORCHVISION_V2 =
      new BlockNames() {
        @Override
        public String convolution(Place place, Part part) {
          String name = "features." + (place.index() + 1) + ".conv." + place.ordinal(part);
          return part == Part.PROJECT ? name : name + ".0";
        }

        @Override
        public String norm(Place place, Part part) {
          String name = "features." + (place.index() + 1) + ".conv.";
          int at = place.ordinal(part);
          return part == Part.PROJECT ? name + (at + 1) : name + at + ".1";
        }
      };

  /** timm's: {@code blocks.2.0.conv_pw}, a depthwise separable block's parts in their order. */
  BlockNames TIMM =
      new BlockNames() {
        @Override
        public String convolution(Place place, Part part) {
          return prefix(place)
              + switch (part) {
                case EXPAND -> "conv_pw";
                case DEPTHWISE -> "conv_dw";
                case SQUEEZE -> "se.conv_reduce";
                case EXCITE -> "se.conv_expand";
                case PROJECT -> place.expands() ? "conv_pwl" : "conv_pw";
              };
        }

        @Override
        public String norm(Place place, Part part) {
          int before = place.expands() ? 1 : 0;
          return prefix(place)
              + switch (part) {
                case EXPAND -> "bn1";
                case PROJECT -> "bn" + (before + 2);
                default -> "bn" + (before + 1);
              };
        }

        private String prefix(Place place) {
          return "blocks." + place.stage() + "." + place.unit() + ".";
        }
      };

  private static BlockNames torchvision(boolean staged) {
    return new BlockNames() {
      @Override
      public String convolution(Place place, Part part) {
        return prefix(place, part)
            + switch (part) {
              case SQUEEZE -> ".fc1";
              case EXCITE -> ".fc2";
              default -> ".0";
            };
      }

      @Override
      public String norm(Place place, Part part) {
        return prefix(place, part) + ".1";
      }

      private String prefix(Place place, Part part) {
        String block =
            staged ? (place.stage() + 1) + "." + place.unit() : String.valueOf(place.index() + 1);
        return "features." + block + ".block." + place.ordinal(part);
      }
    };
  }
}
