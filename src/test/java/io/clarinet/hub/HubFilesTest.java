package io.clarinet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of the files that make a model. */
class HubFilesTest {
  private static Optional<HubFiles> chosen(String reference, boolean graphsOnly, String... names)
      throws IOException {
    return HubFiles.of(HubReference.parse(reference), Set.of(names), graphsOnly);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.safetensors model.onnx pytorch_model.bin | model.safetensors",
        "onnx/model.onnx pytorch_model.bin tf_model.h5 | onnx/model.onnx",
        "model.onnx onnx/model.onnx | model.onnx",
        "onnx/model.onnx onnx/model_fp16.onnx onnx/model_quantized.onnx | onnx/model.onnx",
        "net.keras net.h5 | net.keras",
        "a.h5 b.h5 pytorch_model.bin | pytorch_model.bin",
        "tf_model.h5 pytorch_model.bin | pytorch_model.bin",
        "net.safetensors pytorch_model.bin | net.safetensors",
        "resnet.pth README.md | resnet.pth",
        "a.onnx b.onnx c.safetensors d.safetensors | ",
        "README.md vocab.json | "
      })
  void theBestIsTaken(String names, String model) throws IOException {
    assertThat(chosen("hf:a/b", false, names.split(" ")).map(HubFiles::model))
        .isEqualTo(Optional.ofNullable(model));
  }

  @Test
  void weightsAloneGiveWayWhereTheZooLacksTheNetwork() throws IOException {
    String[] names = {"model.safetensors", "onnx/model.onnx", "pytorch_model.bin"};
    assertThat(chosen("hf:a/b", true, names).map(HubFiles::model)).contains("onnx/model.onnx");
    assertThat(chosen("hf:a/b", true, "model.safetensors")).isEmpty();
    assertThat(chosen("hf:a/b:model.safetensors", true, names).map(HubFiles::model))
        .contains("model.safetensors");
  }

  @Test
  void shardsBelongToTheirIndexAndComeBeforeIt() throws IOException {
    String[] names = {
      "model.safetensors.index.json",
      "model-00002-of-00003.safetensors",
      "model-00003-of-00003.safetensors",
      "model-00001-of-00003.safetensors",
      "config.json"
    };
    assertThat(chosen("hf:a/b", false, names).orElseThrow().all())
        .containsExactly(
            "config.json",
            "model-00001-of-00003.safetensors",
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors",
            "model.safetensors.index.json");
    names[1] = "README.md";
    assertThat(chosen("hf:a/b", false, names)).as("one is missing").isEmpty();
    names[0] = "model-99999-of-99999.safetensors";
    assertThat(chosen("hf:a/b", false, names)).isEmpty();
  }

  @Test
  void descriptionsAndDataBelongToTheirModel() throws IOException {
    String[] names = {
      "config.json", "preprocessor_config.json", "onnx/model.onnx", "onnx/model.onnx_data",
      "onnx/config.json", "onnx/model_fp16.onnx", "onnx/model_fp16.onnx_data", "model.onnx.data"
    };
    assertThat(chosen("hf:a/b", false, names).orElseThrow().all())
        .isEqualTo(
            List.of(
                "onnx/config.json",
                "preprocessor_config.json",
                "onnx/model.onnx_data",
                "onnx/model.onnx"));
    assertThat(chosen("hf:a/b:onnx/model_fp16.onnx", false, names).orElseThrow().parts())
        .containsExactly("onnx/model_fp16.onnx_data");
  }
}
