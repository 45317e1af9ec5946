package io.clarinet.djl;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.CenterCrop;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.ResizeShort;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.ndarray.NDManager;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Photos prepared by DJL's own transforms, and by the library as {@code classify} does, in turn on
 * one thread: {@code src/docs/djl.md} has the command.
 */
final class PreparationSpeed {
  private static final int ROUNDS = 9;
  private static final int SIDE = 224;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private PreparationSpeed() {}

  private interface Way {
    void prepare() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    List<Image> images = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    for (Path photo : photos(Path.of(arguments[0]))) {
      images.add(ImageFactory.getInstance().fromFile(photo));
      pictures.add(Picture.read(photo));
    }
    double[] byDjl = new double[ROUNDS];
    double[] byClassify = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      byDjl[round] = rate(images.size(), () -> throughDjl(images));
      byClassify[round] = rate(pictures.size(), () -> throughLibrary(pictures));
    }
    System.out.printf(
        "%d decoded pictures, a second: %.0f by DJL's transforms, %.0f as classify prepares%n",
        images.size(), later(byDjl), later(byClassify));
  }

  private static List<Path> photos(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().matches("(?i).*\\.jpe?g")).sorted().toList();
    }
  }

  private static void throughDjl(List<Image> images) {
    ImageClassificationTranslator translator =
        ImageClassificationTranslator.builder()
            .addTransform(new ResizeShort(256))
            .addTransform(new CenterCrop(SIDE, SIDE))
            .addTransform(new ToTensor())
            .addTransform(new Normalize(MEAN, DEVIATION))
            .optSynset(List.of("any"))
            .build();
    for (Image image : images) {
      try (NDManager manager = NDManager.newBaseManager()) {
        translator.processInput(new Context(manager), image);
      }
    }
  }

  private static void throughLibrary(List<Picture> pictures) {
    for (Picture picture : pictures) {
      Preprocess.TORCH.apply(picture, SIDE, SIDE);
    }
  }

  private static double rate(int pictures, Way way) throws Exception {
    long start = System.nanoTime();
    way.prepare();
    return pictures / ((System.nanoTime() - start) * 1e-9);
  }

  /** The median without the first third, in which the JVM compiles. */
  private static double later(double[] rates) {
    double[] warm = Arrays.copyOfRange(rates, ROUNDS / 3, ROUNDS);
    Arrays.sort(warm);
    return (warm[(warm.length - 1) / 2] + warm[warm.length / 2]) / 2;
  }
}
