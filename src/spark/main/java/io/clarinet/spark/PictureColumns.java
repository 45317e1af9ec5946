package io.clarinet.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that pictures come in. */
final class PictureColumns {
  private PictureColumns() {}

  /** The columns alone: {@code path}, and {@code content} where files come with their paths. */
  static Dataset<Row> of(Dataset<Row> pictures) {
    return check(pictures.schema()) ? pictures.select("path", "content") : pictures.select("path");
  }

  /** Whether files come with their paths. */
  static boolean check(StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains("path")) {
      throw new IllegalArgumentException(
          "no column \"path\" among " + names + "; select(col(\"...\").as(\"path\")) makes one");
    }
    check(schema, "path", DataTypes.StringType);
    boolean whole = names.contains("content");
    if (whole) {
      check(schema, "content", DataTypes.BinaryType);
    }
    return whole;
  }

  private static void check(StructType schema, String name, DataType wanted) {
    DataType found = schema.apply(name).dataType();
    if (!found.equals(wanted)) {
      throw new IllegalArgumentException(
          "column \"%s\" is %s, and has to be %s"
              .formatted(name, found.simpleString(), wanted.simpleString()));
    }
  }
}
