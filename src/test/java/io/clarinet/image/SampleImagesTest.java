package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The 100 ImageNet photographs, whose crops by Pillow lie beside them. */
class SampleImagesTest {
  private static final Path DATA = Path.of("../shared/data");

  @BeforeEach
  void findData() {
    assumeTrue(Files.isDirectory(DATA.resolve("images")), "the sample images are not in " + DATA);
  }

  @Test
  void photographsBecomePillowsCrops() throws IOException {
    List<Path> photos = photos();
    assertThat(photos).hasSize(100);
    for (Path photo : photos) {
      String name = photo.getFileName().toString().replaceAll("\\.\\w+$", ".png");
      Picture expected = Picture.read(DATA.resolve("images/crop224").resolve(name));
      Picture actual = Preprocess.CAFFE.resized(Picture.read(photo), 224, 224);
      assertThat(SamplePictures.difference(actual, expected)).as(name).isLessThanOrEqualTo(0.5);
    }
  }

  private static List<Path> photos() throws IOException {
    try (Stream<Path> files = Files.list(DATA.resolve("images/imagenet-sample"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void imageNetNamesAgreeWithTheSynsets() throws IOException {
    List<String> synsets = Files.readAllLines(DATA.resolve("labels/synset_words.txt"));
    Labels labels = Labels.imageNet();
    for (int i = 0; i < 1000; i++) {
      String bare = labels.name(i).replaceAll(" \\(.*\\)", "");
      assertThat(synsets.get(i).substring(10)).startsWith(bare);
    }
  }
}
