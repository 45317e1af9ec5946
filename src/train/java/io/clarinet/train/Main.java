package io.clarinet.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The steps of {@code src/train/train}, each a command with the folder of the fonts. */
final class Main {
  private static final String USAGE =
      """
      usage: COMMAND FONTS TO
        list       write FONTS/fonts.tsv anew from the installed packages (no TO)
        train      train, and write the weights to the file TO
        test-sets  write printed.bin and drawn.bin, the evaluation sets, to the folder TO
        pictures   write the six sample pictures to the folder TO
        sheet      write the contact sheet to the file TO
      """;

  private static final int TEST_SAMPLES = 10_000;
  private static final String PICTURES = "OPENCL";
  private static final int SHEET_COLUMNS = 18;
  private static final int SHEET_SCALE = 2;

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.setProperty("java.awt.headless", "true");
    String command = args.length < 2 ? "" : args[0];
    if (command.equals("list")) {
      FontFile.writeList(Path.of(args[1]));
      return;
    }
    if (args.length != 3) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Path fonts = Path.of(args[1]);
    Path to = Path.of(args[2]);
    switch (command) {
      case "train" -> train(fonts, to);
      case "test-sets" -> testSets(fonts, to);
      case "pictures" -> pictures(fonts, to);
      case "sheet" -> sheet(fonts, to);
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
  }

  private static void train(Path fonts, Path weights) throws IOException, InterruptedException {
    Generator generator = generator(fonts, "train", Ranges.DRAWN, Recipe.TRAIN_SEED);
    new Training(Integer.getInteger("steps", Recipe.STEPS)).run(generator, weights);
  }

  private static void testSets(Path fonts, Path folder) throws IOException {
    Records.write(
        numbered(generator(fonts, "test", 0, Recipe.TEST_SEED)), folder.resolve("printed.bin"));
    Records.write(
        numbered(generator(fonts, "test", 1, Recipe.TEST_SEED)), folder.resolve("drawn.bin"));
  }

  private static List<Sample> numbered(Generator generator) {
    return LongStream.range(0, TEST_SAMPLES).mapToObj(generator::sample).toList();
  }

  /** Printed and drawn characters by turns. */
  private static void pictures(Path fonts, Path folder) throws IOException {
    Generator generator = generator(fonts, "test", 0, Recipe.PICTURE_SEED);
    for (int i = 0; i < PICTURES.length(); i++) {
      char name = PICTURES.charAt(i);
      Sample sample = generator.sample(Labels.index(name), i % 2 == 1, i);
      Sheet.write(Sheet.picture(sample), folder.resolve((i + 1) + "_" + name + ".png"));
    }
  }

  private static void sheet(Path fonts, Path file) throws IOException {
    Generator generator = generator(fonts, "test", 0, Recipe.PICTURE_SEED);
    List<Sample> samples =
        IntStream.range(0, 2 * Labels.COUNT)
            .mapToObj(i -> generator.sample(i % Labels.COUNT, i >= Labels.COUNT, i))
            .toList();
    Sheet.write(samples, SHEET_COLUMNS, SHEET_SCALE, file);
  }

  private static Generator generator(Path fonts, String split, double drawn, long seed)
      throws IOException {
    return new Generator(FontShelf.open(fonts, split), new Pen(Skeletons.read()), drawn, seed);
  }
}
