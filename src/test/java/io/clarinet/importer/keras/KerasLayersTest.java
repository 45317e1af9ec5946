package io.clarinet.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that newer versions brought, and operations of TensorFlow's between layers. */
class KerasLayersTest {
  @TempDir Path folder;

  private Graph read(KerasFileWriter writer, String model) {
    Path file = folder.resolve("model.h5");
    writer.write(file, model);
    return ModelFile.read(file, Limits.DEFAULT);
  }

  private Graph chain(KerasFileWriter writer, String shape, String... layers) {
    return read(writer, KerasFileWriter.chain(shape, layers));
  }

  private static Tensor run(Graph graph, Tensor input) {
    return new ReferenceRunner(graph).run(Map.of("in", input)).get(graph.outputs().get(0));
  }

  private static void requireClose(Tensor output, String wanted) {
    String[] expected = wanted.split(" ");
    float[] found = output.toFloatArray();
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("%d", i).isCloseTo(Float.parseFloat(expected[i]), within(1e-5f));
    }
  }

  private static Tensor counted(int... dims) {
    Tensor counted = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < counted.shape().size(); i++) {
      counted.set(i, i);
    }
    return counted;
  }

  /** Behind a pooling the image is in the graph's order; the layer is to hold there too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Normalization n {\"axis\":[3]} | 0 -2.5 1 -1.5 2 -0.5 3 0.5",
        "Normalization n {\"axis\":-1,\"mean\":[2,2],\"variance\":[4,1]} | -1 -1 0 1 1 3 2 5",
        "Normalization n {\"axis\":null,\"mean\":1.0,\"variance\":[[4.0]]}"
            + " | -0.5 0 0.5 1 1.5 2 2.5 3",
        "Normalization n {\"axis\":[3],\"invert\":true} | 0 8 4 12 8 16 12 20",
        "Rescaling r {\"scale\":[2.0,0.5],\"offset\":-1.0} | -1 -0.5 3 0.5 7 1.5 11 2.5",
        "Resizing r {\"height\":1,\"width\":2} | 2 3 4 5",
        "Resizing r {\"height\":3,\"width\":1,\"interpolation\":\"nearest\"} | 2 3 6 7 6 7",
        "Resizing r {\"height\":1,\"width\":2,\"crop_to_aspect_ratio\":true} | 0 1 2 3",
        "CenterCrop c {\"height\":1,\"width\":1} | 0 1",
        "CenterCrop c {\"height\":4,\"width\":2} | 0 1 0 1 1 2 1 2 3 4 3 4 4 5 4 5",
        "BatchNormalizationV2 n {\"scale\":false,\"center\":false,\"epsilon\":0.0}"
            + " | 0 -2.5 1 -1.5 2 -0.5 3 0.5",
        "GroupNormalization g {\"groups\":1,\"scale\":false,\"center\":false,\"epsilon\":0.0}"
            + " | -1.527525 -1.091089 -0.654654 -0.218218 0.218218 0.654654 1.091089 1.527525",
        "RandomFlip f {\"mode\":\"horizontal\"} | 0 1 2 3 4 5 6 7"
      })
  void preparingLayers(String layer, String wanted) {
    for (boolean behind : new boolean[] {false, true}) {
      KerasFileWriter weights =
          new KerasFileWriter()
              .weight("n", "mean", new float[] {0, 6})
              .weight("n", "variance", new float[] {4, 4})
              .weight("n", "moving_mean", new float[] {0, 6})
              .weight("n", "moving_variance", new float[] {4, 4})
              .weight("n", "count", new int[] {9});
      String pool = "MaxPooling2D pool {\"pool_size\":[1,1]}";
      Graph graph =
          behind
              ? chain(weights, "[null,2,2,2]", pool, layer)
              : chain(weights, "[null,2,2,2]", layer);
      requireClose(run(graph, counted(1, 2, 2, 2)), wanted);
    }
  }

  /** A depthwise convolution of two channels by two factors, and their sums. */
  @Test
  void separableConvolutionsAlongOneAxis() {
    KerasFileWriter weights =
        new KerasFileWriter()
            .weight("s", "depthwise_kernel", new float[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}})
            .weight("s", "pointwise_kernel", new float[][][] {{{1}, {10}, {100}, {1000}}})
            .weight("s", "bias", new float[] {0.5f});
    String config = "{\"filters\":1,\"kernel_size\":[2],\"depth_multiplier\":2}";
    Graph graph = chain(weights, "[null,3,2]", "SeparableConv1D s " + config);
    Tensor input = Tensor.of(Shape.of(1, 3, 2), 1, 0, 0, 1, 2, 3);
    // channel 0: 1 0 2 by (1, 5) and (2, 6); channel 1: 0 1 3 by (3, 7) and (4, 8)
    requireClose(run(graph, input), "8721.5 " + (10 + 120 + 2400 + 28000 + 0.5f));
  }

  @ParameterizedTest
  @CsvSource({"causal, 1 4 7", "same, 4 7 12", "valid, 4 7"})
  void depthwiseConvolutionsAlongOneAxis(String padding, String wanted) {
    KerasFileWriter weights =
        new KerasFileWriter().weight("d", "depthwise_kernel", new float[][][] {{{3}}, {{1}}});
    String config = "{\"kernel_size\":[2],\"use_bias\":false,\"padding\":\"%s\"}";
    Graph graph = chain(weights, "[null,3,1]", "DepthwiseConv1D d " + config.formatted(padding));
    requireClose(run(graph, Tensor.of(Shape.of(1, 3, 1), 1, 1, 4)), wanted);
  }

  private static String model(String layers, String last) {
    return """
    {"class_name":"Functional","config":{"name":"m","layers":[
    {"class_name":"InputLayer","name":"in","inbound_nodes":[],
    "config":{"name":"in","batch_input_shape":[null,2,2,2]}},
    {"class_name":"MaxPooling2D","name":"pool","config":{"pool_size":[1,1]},
    "inbound_nodes":[[["in",0,0,{}]]]},%s],
    "input_layers":[["in",0,0]],"output_layers":[["%s",0,0]]}}\
    """
        .formatted(layers, last);
  }

  /** As TensorFlow 2.4 to 2.15 write them, between layers; X stands for the tensor. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__operators__.add | [\"pool\",0,0,{\"y\":[1,10],\"name\":null}] | 1 11 3 13 5 15 7 17",
        "math.subtract | [\"_CONSTANT_VALUE\",-1,1.0,{\"y\":[\"pool\",0,0]}] | 1 0 -1 -2 -3 -4 -5"
            + " -6",
        "math.truediv | [\"pool\",0,0,{\"y\":2.0}] | 0 0.5 1 1.5 2 2.5 3 3.5",
        "nn.bias_add | [\"pool\",0,0,{\"bias\":[-1,1]}] | -1 2 1 4 3 6 5 8",
        "nn.relu6 | [\"pool\",0,0,{\"name\":null}] | 0 1 2 3 4 5 6 6",
        "math.multiply | [\"pool\",0,0,{\"y\":[\"pool\",0,0]}] | 0 1 4 9 16 25 36 49",
        "math.reduce_mean | [\"pool\",0,0,{\"axis\":[1,2]}] | 3 4",
        "math.reduce_max | [\"pool\",0,0,{\"axis\":-1,\"keepdims\":true}] | 1 3 5 7",
        "math.reduce_sum | [\"pool\",0,0,{\"axis\":[3]}] | 1 5 9 13",
        "reshape | [\"pool\",0,0,{\"shape\":[-1,8]}] | 0 1 2 3 4 5 6 7",
        "transpose | [\"pool\",0,0,{\"perm\":[0,3,1,2]}] | 0 2 4 6 1 3 5 7",
        "concat | [[\"pool\",0,0,{\"axis\":-1}],[\"in\",0,0,{}]] | 0 1 0 1 2 3 2 3 4 5 4 5 6 7 6 7",
        "clip_by_value | [\"pool\",0,0,{\"clip_value_min\":1,\"clip_value_max\":5}] | 1 1 2 3 4 5 5"
            + " 5",
        "cast | [\"pool\",0,0,{\"dtype\":\"float32\"}] | 0 1 2 3 4 5 6 7",
        "__operators__.getitem | [\"pool\",0,0,{\"slice_spec\":[{\"start\":null,\"stop\":null,"
            + "\"step\":null},0,{\"start\":1,\"stop\":null,\"step\":null},{\"start\":null,"
            + "\"stop\":null,\"step\":-1}]}] | 3 2"
      })
  void functionsOfTensorFlow(String function, String calls, String wanted) {
    String kind = function.endsWith("getitem") ? "SlicingOpLambda" : "TFOpLambda";
    String layer =
        "{\"class_name\":\"%s\",\"name\":\"f\",\"config\":{\"function\":\"%s\"},\"inbound_nodes\":[%s]}"
            .formatted(kind, function, calls);
    Graph graph = read(new KerasFileWriter().weight("x", "w", new float[1]), model(layer, "f"));
    requireClose(run(graph, counted(1, 2, 2, 2)), wanted);
  }

  /** As TensorFlow 2.0 to 2.3 write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AddV2 | {\"1\":3.0} | {} | 3 4 5 6 7 8 9 10",
        "Sub | {\"0\":1.0} | {} | 1 0 -1 -2 -3 -4 -5 -6",
        "Mean | {\"1\":[1,2]} | {\"keep_dims\":{\"b\":true}} | 3 4",
        "Relu6 | {} | {} | 0 1 2 3 4 5 6 6"
      })
  void nodesOfTensorFlow(String op, String constants, String attributes, String wanted) {
    String layer =
        """
        {"class_name":"TensorFlowOpLayer","name":"f","config":{"name":"f","constants":%s,
        "node_def":{"name":"f","op":"%s","input":["a","b"],"attr":%s}},
        "inbound_nodes":[[["pool",0,0,{}]]]}\
        """
            .formatted(constants, op, attributes);
    Graph graph = read(new KerasFileWriter().weight("x", "w", new float[1]), model(layer, "f"));
    requireClose(run(graph, counted(1, 2, 2, 2)), wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TFOpLambda f {\"function\":\"signal.fft\"} | fft",
        "Resizing f {\"height\":2,\"width\":2,\"antialias\":true} | antialias",
        "Resizing f {\"height\":2,\"width\":2,\"interpolation\":\"area\"} | area"
      })
  void whatIsNotSupportedIsNamed(String layer, String named) {
    KerasFileWriter writer = new KerasFileWriter().weight("x", "w", new float[1]);
    assertThatThrownBy(() -> chain(writer, "[null,2,2,2]", layer))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model.h5")
        .hasMessageContaining("layer \"f\"")
        .hasMessageContaining(named);
  }
}
