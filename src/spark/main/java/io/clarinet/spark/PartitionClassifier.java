package io.clarinet.spark;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** A partition's pictures in, their answers out. */
final class PartitionClassifier implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final Recipe recipe;
  private final Broadcast<SerializableConfiguration> files;

  PartitionClassifier(Recipe recipe, Broadcast<SerializableConfiguration> files) {
    this.recipe = recipe;
    this.files = files;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> pictures) throws IOException {
    if (!pictures.hasNext()) {
      return pictures; // no model for a partition without pictures
    }
    PictureSource source = new PictureSource(files.value().value());
    return new AnswerRows(pictures, source, OpenModels.forTask(recipe));
  }
}
