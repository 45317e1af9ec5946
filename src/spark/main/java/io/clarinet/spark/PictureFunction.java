package io.clarinet.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A picture's file in, its answer out: what SQL calls. */
final class PictureFunction implements UDF1<byte[], Row> {
  private static final long serialVersionUID = 1;

  private final Recipe recipe;

  /** The model for the task that this copy was made for. */
  private transient @Nullable OpenModel model;

  PictureFunction(Recipe recipe) {
    this.recipe = recipe;
  }

  @Override
  public Row call(byte @Nullable [] file) throws IOException {
    if (model == null) {
      model = OpenModels.forTask(recipe);
    }
    return model.answers(List.of(model.prepare(file))).get(0).struct();
  }
}
