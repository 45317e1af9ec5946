package io.clarinet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final Path FONTS = Path.of("fonts");

  @Test
  void theSameSeedAndNumberGiveTheSamePictureInAnyOrder() throws IOException {
    List<Long> numbers = new ArrayList<>(LongStream.range(0, 200).boxed().toList());
    List<Sample> first = numbers.stream().map(generator(5)::sample).toList();
    Generator again = generator(5);
    Collections.reverse(numbers);
    for (long number : numbers) {
      Sample sample = again.sample(number);
      assertEquals(first.get((int) number).label(), sample.label());
      assertArrayEquals(first.get((int) number).pixels(), sample.pixels());
    }
  }

  @Test
  void anotherSeedGivesOtherPictures() throws IOException {
    Generator one = generator(5);
    Generator other = generator(6);
    for (long number = 0; number < 50; number++) {
      byte[] pixels = one.sample(3, true, number).pixels();
      assertFalse(Arrays.equals(pixels, other.sample(3, true, number).pixels()));
    }
  }

  @Test
  void everyLabelIsDrawnAndPrintedVisibly() throws IOException {
    Generator generator = generator(7);
    for (int label = 0; label < Labels.COUNT; label++) {
      for (int number = 0; number < 20; number++) {
        byte[] pixels = generator.sample(label, number % 2 == 0, number).pixels();
        Set<Byte> values = new HashSet<>();
        for (byte pixel : pixels) {
          values.add(pixel);
        }
        assertTrue(values.size() > 8, Labels.name(label) + " number " + number + " is flat");
      }
    }
  }

  @Test
  void noFamilyIsInBothSplitsAndBothAreLargeEnough() throws IOException {
    Set<String> train = families("train");
    Set<String> test = families("test");
    assertTrue(train.size() >= 60 && test.size() >= 15);
    assertTrue(Collections.disjoint(train, test));
  }

  private static Set<String> families(String split) throws IOException {
    return FontFile.list(FONTS).stream()
        .filter(file -> file.split().equals(split))
        .map(FontFile::family)
        .collect(Collectors.toSet());
  }

  private static Generator generator(long seed) throws IOException {
    FontShelf fonts = FontShelf.open(FONTS, "test");
    return new Generator(fonts, new Pen(Skeletons.read()), Ranges.DRAWN, seed);
  }
}
