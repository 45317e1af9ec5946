package io.clarinet.cli;

import io.clarinet.cli.Terminal.Style;
import io.clarinet.file.OneLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in columns that fit a terminal: names lose their middle, then columns go that matter less.
 * Nothing is lost where there is no terminal.
 */
final class Table {
  private static final String GAP = "  ";
  private static final String ELLIPSIS = "…";
  private static final String INDENT = "    ";

  /**
   * A column.
   *
   * @param right whether its cells are numbers, which end below each other
   * @param least the width that it keeps when others need room
   * @param rank 0 for what always stays; of the others the largest goes first
   */
  record Column(String title, boolean right, int least, int rank) {

    /** Names, the middle of which may go. */
    static Column names(String title, int least) {
      return new Column(title, false, least, 0);
    }

    /** Short texts or units, which are whole or not there. */
    static Column texts(String title) {
      return new Column(title, false, Integer.MAX_VALUE, 0);
    }

    static Column numbers(String title) {
      return new Column(title, true, Integer.MAX_VALUE, 0);
    }

    /** This column, which goes before those of a lower rank. */
    Column goes(int rank) {
      return new Column(title, right, least, rank);
    }
  }

  /** A row and what is said below it. */
  private record Row(Style style, List<String> cells, List<String> notes) {}

  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void row(String... cells) {
    row(Style.PLAIN, cells);
  }

  /** A row that stands out. */
  void row(Style style, String... cells) {
    rows.add(new Row(style, Arrays.stream(cells).map(Table::cell).toList(), new ArrayList<>()));
  }

  /** A cell keeps the blanks that align it. */
  private static String cell(String text) {
    int blanks = text.length() - text.stripLeading().length();
    return " ".repeat(blanks) + OneLine.of(text);
  }

  /** Says something below the last row. */
  void note(String text) {
    rows.get(rows.size() - 1).notes.add(OneLine.of(text));
  }

  void print(PrintWriter out, Terminal terminal) {
    int[] widths = widths(terminal.width());
    if (columns.stream().anyMatch(column -> !column.title.isEmpty())) {
      String titles = line(columns.stream().map(Column::title).toList(), widths);
      out.println(terminal.styled(Style.TITLE, titles));
    }
    for (Row row : rows) {
      out.println(terminal.styled(row.style, line(row.cells, widths)));
      for (String note : row.notes) {
        for (String line : wrapped(note, terminal.width() - INDENT.length())) {
          out.println(terminal.styled(Style.FAINT, INDENT + line));
        }
      }
    }
  }

  /** Each column's width; 0 for one that goes. */
  private int[] widths(int room) {
    int[] natural = IntStream.range(0, columns.size()).map(this::natural).toArray();
    int[] least = natural.clone();
    Arrays.setAll(least, i -> Math.min(natural[i], columns.get(i).least));
    while (total(least) > room && drop(least)) {
      // the next that matters least
    }
    int[] widths = natural.clone();
    Arrays.setAll(widths, i -> least[i] == 0 ? 0 : natural[i]);
    while (total(widths) > room && shrink(widths, least)) {
      // the widest by one
    }
    return widths;
  }

  private int natural(int column) {
    return rows.stream()
        .map(row -> length(row.cells.get(column)))
        .reduce(length(columns.get(column).title), Math::max);
  }

  private static int total(int[] widths) {
    int shown = (int) Arrays.stream(widths).filter(width -> width > 0).count();
    return Arrays.stream(widths).sum() + GAP.length() * (shown - 1);
  }

  private boolean drop(int[] widths) {
    return IntStream.range(0, widths.length)
        .filter(i -> widths[i] > 0 && columns.get(i).rank > 0)
        .boxed()
        .max(Comparator.comparing(i -> columns.get(i).rank))
        .map(i -> widths[i] = 0)
        .isPresent();
  }

  private static boolean shrink(int[] widths, int[] least) {
    return IntStream.range(0, widths.length)
        .filter(i -> widths[i] > least[i])
        .boxed()
        .max(Comparator.comparing(i -> widths[i]))
        .map(i -> widths[i]--)
        .isPresent();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        String text = shortened(cells.get(i), widths[i]);
        String blanks = " ".repeat(widths[i] - length(text));
        line.append(columns.get(i).right ? blanks + text : text + blanks).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** A name without its middle, where it is longer than there is room. */
  static String shortened(String name, int room) {
    int length = length(name);
    if (length <= room) {
      return name;
    }
    int head = (room - 1) / 2;
    int tail = length - (room - 1 - head);
    return name.substring(0, name.offsetByCodePoints(0, head))
        + ELLIPSIS
        + name.substring(name.offsetByCodePoints(0, tail));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Text in lines no longer than there is room, broken between words. */
  static List<String> wrapped(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + length(word) > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
