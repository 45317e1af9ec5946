package io.clarinet.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The answers to rows with pictures, batch by batch, in their order. */
final class AnswerRows implements Iterator<Row> {
  private final Iterator<Row> pictures;
  private final PictureSource source;
  private final OpenModel model;
  private final Queue<Row> answers = new ArrayDeque<>();

  AnswerRows(Iterator<Row> pictures, PictureSource source, OpenModel model) {
    this.pictures = pictures;
    this.source = source;
    this.model = model;
  }

  @Override
  public boolean hasNext() {
    return !answers.isEmpty() || pictures.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (answers.isEmpty()) {
      askBatch();
    }
    return answers.remove();
  }

  /** Reads until so many pictures are there as run at once: broken ones take no place. */
  private void askBatch() {
    List<@Nullable String> paths = new ArrayList<>();
    List<Prepared> prepared = new ArrayList<>();
    int whole = 0;
    while (whole < model.batch() && pictures.hasNext()) {
      Row row = pictures.next();
      Prepared picture = prepare(row);
      paths.add(row.isNullAt(0) ? null : row.getString(0));
      prepared.add(picture);
      whole += picture.input() == null ? 0 : 1;
    }
    List<PictureAnswer> found = model.answers(prepared);
    for (int i = 0; i < found.size(); i++) {
      answers.add(found.get(i).row(paths.get(i)));
    }
  }

  private Prepared prepare(Row row) {
    try {
      return model.prepare(source.file(row));
    } catch (IOException e) {
      return Prepared.failed(String.valueOf(e.getMessage()));
    }
  }
}
