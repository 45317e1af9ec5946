package io.clarinet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.image.Preprocess;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters as published, and multiply-adds. */
class ZooCountsTest {
  @ParameterizedTest
  @CsvSource({
    "alexnet, 60965224",
    "caffenet, 60965224",
    "alexnet-torchvision, 61100840",
    "squeezenet1.1, 1235496",
    "squeezenet1.1-caffe, 1235496",
    "googlenet, 6998552",
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnext50_32x4d, 25028904",
    "resnet50-v1, 25557032",
    "resnet101-v1, 44549160",
    "resnet152-v1, 60192808",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "vgg16_bn, 138365992",
    "vgg19_bn, 143678248",
    "keras_resnet50, 25583592",
    "keras_resnet50_signs, 23546886",
    "cifar_resnet20, 269722",
    "cifar_resnet32, 464154",
    "cifar_resnet44, 658586",
    "cifar_resnet56, 853018",
    "cifar_resnet110, 1727962",
    "preact_resnet110, 1730522",
    "preact_resnet164, 1703258",
    "preact_resnet1001, 10327706",
    "preact_resnet50, 25549352",
    "preact_resnet101, 44541480",
    "preact_resnet152, 60185128",
    "preact_resnet200, 64666152",
    "keras_resnet50v2, 25568360",
    "keras_resnet101v2, 44577896",
    "keras_resnet152v2, 60236904",
    "preact_resnet20, 273972",
    "efficientnet_b0, 5288548",
    "efficientnet_b1, 7794184",
    "efficientnet_b2, 9109994",
    "efficientnet_b3, 12233232",
    "efficientnet_b4, 19341616",
    "efficientnet_b5, 30389784",
    "efficientnet_b6, 43040704",
    "efficientnet_b7, 66347960",
    "tf_efficientnet_b0, 5288548",
    "tf_efficientnet_b1, 7794184",
    "tf_efficientnet_b2, 9109994",
    "tf_efficientnet_b3, 12233232",
    "tf_efficientnet_b4, 19341616",
    "tf_efficientnet_b5, 30389784",
    "tf_efficientnet_b6, 43040704",
    "tf_efficientnet_b7, 66347960",
    "keras_efficientnetb0, 5288548",
    "keras_efficientnetb1, 7794184",
    "keras_efficientnetb2, 9109994",
    "keras_efficientnetb3, 12233232",
    "keras_efficientnetb4, 19341616",
    "keras_efficientnetb5, 30389784",
    "keras_efficientnetb6, 43040704",
    "keras_efficientnetb7, 66347960",
    "mobilenet_v2, 3504872",
    "mobilenet_v3_small, 2542856",
    "mobilenet_v3_large, 5483032",
    "mobilenetv3_small_100, 2542856",
    "mobilenetv3_large_100, 5483032",
    "tf_mobilenetv3_small_100, 2542856",
    "tf_mobilenetv3_large_100, 5483032",
    "shufflenet_v2_x1_0, 2278604",
    "regnet_y_800mf, 6432512",
    "keras_mobilenet, 4231976",
    "keras_mobilenetv2, 3504872",
    "keras_mobilenetv3small, 2542856",
    "keras_mobilenetv3large, 5483032",
    "densenet121, 7978856",
    "densenet161, 28681000",
    "densenet169, 14149480",
    "densenet201, 20013928",
    "keras_densenet121, 7978856",
    "keras_densenet169, 14149480",
    "keras_densenet201, 20013928",
    "convnext_tiny, 28589128",
    "convnext_small, 50223688",
    "convnext_base, 88591464",
    "convnext_large, 197767336",
    "convnext_xlarge, 350196968",
    "keras_convnexttiny, 28589128",
    "keras_convnextsmall, 50223688",
    "keras_convnextbase, 88591464",
    "keras_convnextlarge, 197767336",
    "keras_convnextxlarge, 350196968",
    "inception_v3, 23834568",
    "keras_inceptionv3, 23817352",
    "keras_xception, 22855952",
    "keras_nasnetmobile, 5289978",
    "keras_nasnetlarge, 88753150",
    "vit_b_16, 86567656",
    "vit_b_32, 88224232",
    "vit_l_16, 304326632",
    "vit_l_32, 306535400",
    "deit_tiny_patch16_224, 5717416",
    "deit_small_patch16_224, 22050664",
    "deit_base_patch16_224, 86567656",
    "deit_tiny_distilled_patch16_224, 5910800",
    "deit_small_distilled_patch16_224, 22436432",
    "deit_base_distilled_patch16_224, 87338192",
    "swin_t, 28288354",
    "swin_s, 49606258",
    "swin_b, 87768224"
  })
  void hasThePublishedCountOfTrainableParameters(String name, long parameters) {
    assertThat(Zoo.find(name).orElseThrow().trainableParameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "keras_resnet50_signs, 23600006",
    "keras_resnet50, 25636712",
    "keras_resnet50v2, 25613800",
    "keras_resnet101v2, 44675560",
    "keras_resnet152v2, 60380648",
    "keras_mobilenet, 4253864",
    "keras_mobilenetv2, 3538984",
    "keras_mobilenetv3small, 2554968",
    "keras_mobilenetv3large, 5507432",
    "keras_densenet121, 8062504",
    "keras_densenet169, 14307880",
    "keras_densenet201, 20242984",
    "keras_inceptionv3, 23851784",
    "keras_xception, 22910480",
    "keras_nasnetmobile, 5326716",
    "keras_nasnetlarge, 88949818",
    "vgg16, 138357544"
  })
  void countsMovingStatisticsAsKerasDoes(String name, long parameters) {
    assertThat(Zoo.find(name).orElseThrow().parameters()).isEqualTo(parameters);
  }

  /** Keras counts one more: the number of pictures that the normalisation has seen. */
  @ParameterizedTest
  @CsvSource({
    "keras_efficientnetb0, 5330571",
    "keras_efficientnetb1, 7856239",
    "keras_efficientnetb2, 9177569",
    "keras_efficientnetb3, 12320535",
    "keras_efficientnetb4, 19466823",
    "keras_efficientnetb5, 30562527",
    "keras_efficientnetb6, 43265143",
    "keras_efficientnetb7, 66658687"
  })
  void countsTheMeanAndVarianceOfPicturesAsKerasDoes(String name, long parameters) {
    assertThat(Zoo.find(name).orElseThrow().parameters() + 1).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "alexnet-torchvision, 714188480",
    "resnet50, 4089184256",
    "vgg16, 15470264320",
    "squeezenet1.1, 349151936",
    "efficientnet_b0, 385814752",
    "mobilenet_v2, 300774272",
    "mobilenet_v3_small, 56510400",
    "mobilenet_v3_large, 216589760",
    "densenet121, 2834161664",
    "inception_v3, 5713216096",
    "convnext_tiny, 4455531264",
    "vit_b_16, 17563828224",
    "deit_tiny_patch16_224, 1253683200",
    "swin_t, 4490566656"
  })
  void countsMultiplyAddsFromTheGraph(String name, long multiplyAdds) {
    assertThat(Zoo.find(name).orElseThrow().multiplyAdds()).isEqualTo(multiplyAdds);
  }

  @Test
  void everyArchitectureIsCountedHereAndNamesAPreprocessingThatThereIs() throws Exception {
    CsvSource counted =
        ZooCountsTest.class
            .getDeclaredMethod(
                "hasThePublishedCountOfTrainableParameters", String.class, long.class)
            .getAnnotation(CsvSource.class);
    assertThat(Stream.of(counted.value()).map(row -> row.substring(0, row.indexOf(','))))
        .containsExactlyElementsOf(Zoo.all().stream().map(Architecture::name).toList());
    Zoo.all().forEach(a -> assertThat(Preprocess.parse(a.preprocess())).isNotNull());
  }
}
