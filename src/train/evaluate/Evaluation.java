import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Measures the glyph network as Clarinet runs it: top-1 over record files, and the confusion matrix
 * of the first as a picture. Launched from source by {@code src/train/train evaluate}.
 */
final class Evaluation {
  private static final String NAMES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int DIGITS = 10;
  private static final int BATCH = 100;

  private final int classes;
  private final int[][] confusion = new int[NAMES.length()][NAMES.length()];

  private Evaluation(int classes) {
    this.classes = classes;
  }

  /** MODEL DEVICE MATRIX.png RECORDS...; a file whose name has "mnist" is judged among digits. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Model model = Model.load(Path.of(args[0]));
    try (Session session = model.open(Device.find(args[1]))) {
      Classifier classifier = Classifier.of(model, session);
      System.out.println("on " + session.device());
      for (int i = 3; i < args.length; i++) {
        Path file = Path.of(args[i]);
        boolean mnist = file.getFileName().toString().contains("mnist");
        Evaluation evaluation = new Evaluation(mnist ? DIGITS : NAMES.length());
        evaluation.run(classifier, Files.readAllBytes(file), mnist);
        System.out.println(file.getFileName() + ": " + evaluation);
        if (i == 3) {
          ImageIO.write(new Matrix(evaluation.confusion).draw(), "png", Path.of(args[2]).toFile());
        }
      }
    }
  }

  private void run(Classifier classifier, byte[] records, boolean mnist) {
    int side = mnist ? 28 : 32;
    int channels = mnist ? 1 : 3;
    int record = 1 + channels * side * side;
    List<Picture> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int at = 0; at < records.length; at += record) {
      labels.add((int) records[at]);
      pictures.add(picture(records, at + 1, side, channels));
    }
    for (int from = 0; from < labels.size(); from += BATCH) {
      int to = Math.min(labels.size(), from + BATCH);
      List<List<Prediction>> answers =
          classifier.classify(pictures.subList(from, to), NAMES.length());
      for (int i = from; i < to; i++) {
        confusion[labels.get(i)][answer(answers.get(i - from))]++;
      }
    }
  }

  private int answer(List<Prediction> predictions) {
    return predictions.stream()
        .mapToInt(Prediction::index)
        .filter(i -> i < classes)
        .findFirst()
        .orElseThrow();
  }

  /** From planes of samples to pixels. */
  private static Picture picture(byte[] records, int at, int side, int channels) {
    int plane = side * side;
    byte[] rgb = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = records[at + (channels == 3 ? c * plane : 0) + i];
      }
    }
    return Picture.ofRgb(side, side, rgb);
  }

  @Override
  public String toString() {
    int all = 0;
    int right = 0;
    int merged = 0;
    List<int[]> wrong = new ArrayList<>();
    for (int label = 0; label < confusion.length; label++) {
      for (int answer = 0; answer < confusion.length; answer++) {
        int count = confusion[label][answer];
        all += count;
        right += label == answer ? count : 0;
        merged += alike(label) == alike(answer) ? count : 0;
        if (label != answer && count > 0) {
          wrong.add(new int[] {count, label, answer});
        }
      }
    }
    wrong.sort((a, b) -> b[0] - a[0]);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d of %d right (%.2f %%), %.2f %% with 0=O and 1=I; most often taken for another:",
            right,
            all,
            100.0 * right / all,
            100.0 * merged / all));
    wrong.stream()
        .limit(12)
        .forEach(w -> text.append(String.format(" %s>%s %d", name(w[1]), name(w[2]), w[0])));
    return text.toString();
  }

  private static int alike(int label) {
    return switch (NAMES.charAt(label)) {
      case 'O' -> NAMES.indexOf('0');
      case 'I' -> NAMES.indexOf('1');
      default -> label;
    };
  }

  private static char name(int label) {
    return NAMES.charAt(label);
  }

  /** A confusion matrix as a picture: a row a label, a column an answer, shares as darkness. */
  private record Matrix(int[][] counts) {
    private static final int CELL = 22;
    private static final int MARGIN = 30;

    BufferedImage draw() {
      int side = MARGIN + CELL * counts.length + 2;
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = image.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, side, side);
      for (int i = 0; i < counts.length; i++) {
        g.setColor(Color.BLACK);
        g.setFont(g.getFont().deriveFont(12f));
        text(g, String.valueOf(name(i)), MARGIN / 2, MARGIN + i * CELL + CELL / 2);
        text(g, String.valueOf(name(i)), MARGIN + i * CELL + CELL / 2, MARGIN / 2);
        row(g, i);
      }
      g.dispose();
      return image;
    }

    private void row(Graphics2D g, int label) {
      int sum = Math.max(1, java.util.Arrays.stream(counts[label]).sum());
      g.setFont(g.getFont().deriveFont(9f));
      for (int answer = 0; answer < counts.length; answer++) {
        int count = counts[label][answer];
        double share = (double) count / sum;
        float dark = count == 0 ? 0 : (float) (0.12 + 0.88 * Math.pow(share, 0.6));
        float hue = label == answer ? 0.58f : 0.03f;
        g.setColor(Color.getHSBColor(hue, dark, label == answer ? 1 - 0.35f * dark : 1));
        g.fillRect(MARGIN + answer * CELL, MARGIN + label * CELL, CELL - 1, CELL - 1);
        if (count > 0) {
          g.setColor(share > 0.5 ? Color.WHITE : Color.BLACK);
          text(
              g,
              String.valueOf(count),
              MARGIN + answer * CELL + CELL / 2,
              MARGIN + label * CELL + CELL / 2);
        }
      }
    }

    private static void text(Graphics2D g, String text, int x, int y) {
      int width = g.getFontMetrics().stringWidth(text);
      int rise = g.getFontMetrics().getAscent() - g.getFontMetrics().getDescent();
      g.drawString(text, x - width / 2, y + rise / 2);
    }
  }
}
