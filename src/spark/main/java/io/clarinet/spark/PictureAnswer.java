package io.clarinet.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a picture: a class, numbers, or why there is neither.
 *
 * @param probability of the class
 */
record PictureAnswer(
    @Nullable String label,
    @Nullable Float probability,
    float @Nullable [] embedding,
    @Nullable String error) {

  static PictureAnswer failed(String error) {
    return new PictureAnswer(null, null, null, error);
  }

  Row struct() {
    return RowFactory.create(label, probability, embedding, error);
  }

  Row row(@Nullable String path) {
    return RowFactory.create(path, label, probability, embedding, error);
  }
}
