package io.clarinet.importer.keras;

import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that torchvision, and so the zoo, has for the layers of Keras's VGG networks.
 *
 * @param names by Keras's name; empty if the layers are not VGG's
 */
record VggNames(Map<String, String> names) {
  private static final Pattern CONVOLUTION = Pattern.compile("block\\d_conv\\d");
  private static final Pattern POOLING = Pattern.compile("block\\d_pool");
  private static final Map<String, String> DENSE =
      Map.of("fc1", "classifier.0", "fc2", "classifier.3", "predictions", "classifier.6");

  /** Channels of the image that the first dense layer reads. */
  private static final int CHANNELS = 512;

  /**
   * @param layers all layers of the file, in their order
   */
  static VggNames of(List<String> layers) {
    Map<String, String> names = new HashMap<>();
    int index = 0;
    if (layers.contains("block1_conv1") && layers.contains("block5_conv3")) {
      for (String layer : layers) {
        if (CONVOLUTION.matcher(layer).matches()) {
          names.put(layer, "features." + index);
          index += 2;
        } else if (POOLING.matcher(layer).matches()) {
          index++;
        }
      }
      names.putAll(DENSE);
    }
    return new VggNames(Map.copyOf(names));
  }

  String renamed(String layer) {
    return names.getOrDefault(layer, layer);
  }

  /** Pixels of the image that a dense layer reads flattened, channels innermost; 1 for others. */
  int pixels(String layer, Shape weights) {
    boolean first = "classifier.0".equals(names.get(layer)) && weights.rank() == 2;
    return first && weights.dim(0) % CHANNELS == 0 ? Math.max(1, weights.dim(0) / CHANNELS) : 1;
  }
}
