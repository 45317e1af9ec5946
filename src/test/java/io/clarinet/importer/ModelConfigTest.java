package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What timm's and transformers' files beside a model say. */
class ModelConfigTest {
  @TempDir Path folder;

  private ModelConfig config(String config, String processor) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(folder.resolve("preprocessor_config.json"), processor);
    return ModelConfig.in(folder);
  }

  /** In the order of the comments: processors of ViT, ConvNeXt and ResNet, DeiT, BiT and others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'size': {'height': 224, 'width': 224}, 'do_resize': true | resize=exact,crop=224",
        "'size': 224, 'feature_extractor_type': 'ViTFeatureExtractor' | resize=exact,crop=224",
        "'size': {'shortest_edge': 224}, 'crop_pct': 0.875 | resize=256,crop=224",
        "'size': 224, 'feature_extractor_type': 'ConvNextFeatureExtractor' | resize=256,crop=224",
        "'size': {'shortest_edge': 384}, 'crop_pct': 0.875 | resize=exact,crop=384",
        "'size': 256, 'do_center_crop': true, 'crop_size': 224 | resize=256,crop=224",
        "'size': {'shortest_edge': 448}, 'crop_size': {'height': 448} | resize=448,crop=448",
        "'size': {'shortest_edge': 256}, 'crop_size': {'height': 224} | resize=256,crop=224",
        "'size': {'height': 240}, 'crop_size': 224, 'do_center_crop': false |"
            + " resize=exact,crop=240",
        "'size': 224, 'resample': 3 | resize=exact,crop=224,interpolation=bicubic",
        "'size': 224, 'resample': 2 | resize=exact,crop=224"
      })
  void sizesMeanWhatEachProcessorMakesOfThem(String processor, String geometry) throws IOException {
    String levels = ", 'image_mean': [0.5, 0.4, 0.3], 'image_std': [0.2, 0.2, 0.1]";
    ModelConfig read =
        config("{\"model_type\": \"x\"}", ("{" + processor + levels + "}").replace('\'', '"'));
    assertThat(Preprocess.parse(read.metadata().get("preprocess")))
        .isEqualTo(Preprocess.parse("none,range=1,mean=0.5,0.4,0.3,std=0.2,0.2,0.1," + geometry));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'do_normalize': false | mean=0,std=1",
        "'do_normalize': false, 'do_rescale': false | mean=0,std=0.003921569",
        "'rescale_factor': 0.00392156862745098 | mean=0.5,std=0.25",
        "'rescale_factor': 0.00784313725490196 | mean=0.25,std=0.125"
      })
  void levelsAreThoseOfWhiteAtOne(String processor, String levels) throws IOException {
    String json =
        "{'size': 8, 'image_mean': [0.5, 0.5, 0.5], 'image_std': [0.25, 0.25, 0.25], " + processor;
    ModelConfig read = config("{\"model_type\": \"x\"}", (json + "}").replace('\'', '"'));
    assertThat(Preprocess.parse(read.metadata().get("preprocess")))
        .isEqualTo(Preprocess.parse("none,range=1,resize=exact,crop=8," + levels));
  }

  @Test
  void labelsAreInTheirOrderUnlessMadeUp() throws IOException {
    String head = "{\"model_type\": \"vit\", \"id2label\": ";
    assertThat(config(head + "{\"0\": \"tench, Tinca\", \"1\": \"b\"}}", "{}").metadata())
        .containsEntry("labels", "[\"tench, Tinca\",\"b\"]");
    assertThat(config(head + "{\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}", "{}").metadata())
        .isEmpty();
    assertThat(config(head + "{\"1\": \"a\"}}", "{}").metadata()).isEmpty();
    assertThat(config("{\"id2label\": {\"0\": \"a\"}}", "{}"))
        .isEqualTo(new ModelConfig("", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"size\": 224",
        "{\"size\": {\"height\": \"x\"}}",
        "{\"size\": null}"
      })
  void whatCannotBeReadIsPassedOver(String text) throws IOException {
    assertThat(config("{\"model_type\": \"vit\"}", text).metadata()).isEmpty();
    assertThat(config(text, "{}").architecture()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, resnet50",
    "squeezenet1_1, squeezenet1.1",
    "mobilenetv2_100, mobilenet_v2",
    "vit_base_patch16_224, vit_b_16",
    "vit_large_patch32_384, vit_l_32:384x384",
    "deit_tiny_distilled_patch16_224, deit_tiny_distilled_patch16_224",
    "deit_base_patch16_384, deit_base_patch16_224:384x384",
    "swin_base_patch4_window7_224, swin_b",
    "tf_efficientnet_b3, tf_efficientnet_b3",
    "seresnet50,"
  })
  void timmsNamesAreTheZoos(String timm, String zoo) throws IOException {
    assertThat(ArchitectureNames.find(timm).map(found -> found.name()).orElse(null)).isEqualTo(zoo);
    assertThat(config("{\"architecture\": \"" + timm + "\"}", "{}").fitsTheZoo())
        .isEqualTo(zoo != null);
  }
}
