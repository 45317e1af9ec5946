package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessTest {
  /** The pixel (200, 100, 50), worked by hand. */
  @ParameterizedTest
  @CsvSource({
    "torch, 1.3070474, -0.28501397, -0.93298467",
    "caffe, -54, -17, 77",
    "keras-caffe, -53.939, -16.779, 76.32",
    "tf, 0.56862745, -0.21568627, -0.60784314",
    "none, 200, 100, 50",
    "'none,range=1', 0.78431373, 0.39215686, 0.19607843",
    "'torch,order=bgr', -0.93298467, -0.28501397, 1.3070474",
    "'torch,order=bgr,mean=0.1,0.2,0.3,std=0.5', 0.19215686, 0.38431373, 0.96862745",
    "'none,mean=10,20,30,std=2', 95, 40, 10"
  })
  void everyChannelHasItsValue(String text, float first, float second, float third) {
    Tensor tensor = Preprocess.parse(text).apply(plain(300, 260, 200, 100, 50), 3, 5);
    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 3, 5));
    float[] values = tensor.toFloatArray();
    float[] expected = {first, second, third};
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i / 15], Offset.offset(1e-5f));
    }
  }

  /** Luma of (200, 100, 50) is 0.299*200 + 0.587*100 + 0.114*50 = 124.2. */
  @Test
  void greyIsOneChannel() {
    Picture picture = plain(9, 9, 200, 100, 50);
    Tensor tensor = Preprocess.parse("none,order=grey").apply(picture, 2, 2);
    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 1, 2, 2));
    assertThat(tensor.toFloatArray()).containsOnly(124f);
  }

  /** A white bar at the left edge of a 512x256 picture: the crop leaves it out. */
  @ParameterizedTest
  @CsvSource({"torch,false", "caffe,false", "keras-caffe,true", "tf,true", "none,true"})
  void someCropAndSomeStretch(String preset, boolean sees) {
    byte[] rgb = new byte[512 * 256 * 3];
    for (int y = 0; y < 256; y++) {
      Arrays.fill(rgb, y * 512 * 3, y * 512 * 3 + 60, (byte) 255);
    }
    Preprocess preprocess = Preprocess.parse(preset);
    Picture seen = preprocess.resized(Picture.ofRgb(512, 256, rgb), 224, 224);
    assertThat(seen.sample(0, 100, 0)).isEqualTo(sees ? 255 : 0);
    assertThat(preprocess.apply(seen).shape()).isEqualTo(Shape.of(1, 3, 224, 224));
  }

  @Test
  void otherInputSizesKeepTheProportion() {
    Picture picture = SamplePictures.noise(400, 300, 1);
    Picture whole = PictureResize.shorterSide(picture, 128, Rounding.TORCHVISION);
    Picture expected = PictureResize.centreCrop(whole, 112, 112, Rounding.TORCHVISION);
    assertThat(Preprocess.TORCH.resized(picture, 112, 112).rgb()).isEqualTo(expected.rgb());
    assertThat(Preprocess.TORCH.resized(picture, 299, 200)).hasToString("picture 200x299");
  }

  @Test
  void aBatchHoldsEachPictureInItsPlace() {
    Picture a = SamplePictures.noise(300, 280, 1);
    Picture b = SamplePictures.noise(280, 300, 2);
    Tensor batch = Preprocess.CAFFE.apply(List.of(a, b), 32, 40);
    assertThat(batch.shape()).isEqualTo(Shape.of(2, 3, 32, 40));
    float[] values = batch.toFloatArray();
    int item = 3 * 32 * 40;
    assertThat(Arrays.copyOf(values, item))
        .isEqualTo(Preprocess.CAFFE.apply(a, 32, 40).toFloatArray());
    assertThat(Arrays.copyOfRange(values, item, 2 * item))
        .isEqualTo(Preprocess.CAFFE.apply(b, 32, 40).toFloatArray());
  }

  @Test
  void aSliceOfTheWrongSizeIsRefused() {
    FloatBuffer slice = FloatBuffer.allocate(11);
    assertThatThrownBy(() -> Preprocess.NONE.write(SamplePictures.noise(2, 2, 1), 2, 2, slice))
        .hasMessage("one item of 3x2x2 does not fit 11 values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch",
        "caffe",
        "keras-caffe",
        "tf",
        "none",
        "none,resize=232,crop=224,order=bgr,range=1,mean=0.1,0.2,0.3,std=0.4,0.5,0.6",
        "none,resize=exact,crop=28,order=grey,range=255,mean=3.0,std=2.0",
        "none,resize=8,crop=8,order=grey,range=1,mean=3.0,std=2.0,interpolation=bicubic"
      })
  void printsWhatItReads(String text) {
    assertThat(Preprocess.parse(text)).hasToString(text);
  }

  @Test
  void overridesMayStandAloneOrFollowAPreset() {
    assertThat(Preprocess.parse(" Torch , resize = 232 "))
        .isEqualTo(
            new Preprocess(
                232, 224, ChannelOrder.RGB, 1, Preprocess.TORCH.mean(), Preprocess.TORCH.std()));
    assertThat(Preprocess.parse("order=bgr")).isEqualTo(Preprocess.parse("none,order=bgr"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch | no preset is called \"pytorch\"",
        "torch,size=3 | \"size=3\" is no setting",
        "torch,224 | \"224\" is no setting",
        "torch,resize=big | resize=big is no number",
        "torch,resize=100 | resize=100 is neither exact nor in crop..32768 (crop=224)",
        "torch,crop=0 | crop=0 is not in 1..16384",
        "torch,order=rbg | order=rbg is none of rgb, bgr, grey",
        "torch,mean=1,2 | mean has 2 values; this channel order takes 1 or 3",
        "torch,std=0 | must be above 0",
        "torch,range=2 | range=2.0 is neither 1 nor 255",
        "torch,mean=nan | mean=nan is no number",
        "torch,mean=NaN | mean must be finite numbers",
        "torch,crop=9,crop=9 | crop is given twice",
        "torch,interpolation=cubic | interpolation=cubic is neither bilinear nor bicubic",
      })
  void wrongTextSaysWhatIsAllowed(String text, String reason) {
    assertThatThrownBy(() -> Preprocess.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("write a preset (torch, caffe, keras-caffe, tf, none)");
  }

  private static Picture plain(int width, int height, int r, int g, int b) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) r;
      rgb[i + 1] = (byte) g;
      rgb[i + 2] = (byte) b;
    }
    return Picture.ofRgb(width, height, rgb);
  }
}
