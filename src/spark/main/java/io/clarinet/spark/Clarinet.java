package io.clarinet.spark;

import java.io.IOException;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/** Pictures in, their classes out, by the tasks of Spark. */
public final class Clarinet {
  private static final StructType ANSWER =
      new StructType()
          .add("label", DataTypes.StringType)
          .add("probability", DataTypes.FloatType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("error", DataTypes.StringType);

  private static final StructType SCHEMA = withPath(ANSWER);

  private Clarinet() {}

  private static StructType withPath(StructType answer) {
    StructType schema = new StructType().add("path", DataTypes.StringType);
    for (StructField field : answer.fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /**
   * A row for each picture: {@code path, label, probability, embedding, error}, of which {@code
   * error} alone is set where there is no answer. The model is read and brought to the executors at
   * once, the pictures when the rows are asked for.
   *
   * @param pictures with a column {@code path}, and their files in a column {@code content}, as the
   *     source {@code binaryFile} gives both; without {@code content} tasks read the paths
   *     themselves, and a file that is gone is a row with an error
   * @throws IOException in one line, if the model cannot be read, or not be brought to others
   * @throws IllegalArgumentException if a column is missing, or the options do not fit the model
   */
  public static Dataset<Row> classify(Dataset<Row> pictures, ClassifyOptions options)
      throws IOException {
    PictureColumns.check(pictures.schema());
    SparkContext context = pictures.sparkSession().sparkContext();
    return classify(pictures, Distribution.bring(context, options));
  }

  static Dataset<Row> classify(Dataset<Row> pictures, Recipe recipe) {
    SparkContext context = pictures.sparkSession().sparkContext();
    Broadcast<SerializableConfiguration> files =
        context.broadcast(
            new SerializableConfiguration(context.hadoopConfiguration()),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
    return PictureColumns.of(pictures)
        .mapPartitions(new PartitionClassifier(recipe, files), Encoders.row(SCHEMA));
  }

  /**
   * Registers a function of SQL, which takes a picture's file and gives a struct {@code label,
   * probability, embedding, error}. It runs picture by picture: {@link #classify} is faster.
   *
   * @throws IOException as {@link #classify}
   * @throws IllegalArgumentException if the options do not fit the model
   */
  public static void register(SparkSession spark, String name, ClassifyOptions options)
      throws IOException {
    Recipe recipe = Distribution.bring(spark.sparkContext(), options.withBatch(1));
    UDF1<byte[], Row> function = new PictureFunction(recipe);
    spark.udf().register(name, function, ANSWER);
  }
}
