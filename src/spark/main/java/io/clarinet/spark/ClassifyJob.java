package io.clarinet.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job for {@code spark-submit}: all pictures of a folder into a folder of Parquet files. Run
 * again, it goes on with the pictures that have no answer yet, also new ones.
 */
public final class ClassifyJob {
  private ClassifyJob() {}

  /** Ends the process with 1 and one line if the job failed, with 2 if it was told nonsense. */
  public static void main(String[] arguments) throws Exception {
    JobArguments told;
    try {
      told = JobArguments.parse(arguments);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("clarinet: " + e.getMessage());
      System.exit(2);
      return;
    }
    try (SparkSession spark = SparkSession.builder().appName("clarinet").getOrCreate()) {
      System.out.println(run(spark, told));
    } catch (Exception e) {
      if (!isTold(e)) {
        throw e;
      }
      System.err.println("clarinet: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Whether a failure's message says all, as that of a file which is missing. */
  private static boolean isTold(Exception e) {
    return e instanceof IOException
        || e instanceof IllegalArgumentException
        || e instanceof AnalysisException;
  }

  /** Gives one line on what was done. */
  static String run(SparkSession spark, JobArguments told) throws IOException {
    long start = System.nanoTime();
    Recipe recipe = Distribution.bring(spark.sparkContext(), told.asked());
    AnswerTable answers = new AnswerTable(spark, told.output());
    answers.claim(recipe.note());
    Dataset<Row> missing = answers.missing(PictureFolder.paths(spark, told.input(), told.glob()));
    long pictures = missing.count();
    if (pictures > 0) {
      int tasks = Math.toIntExact((pictures + told.perTask() - 1) / told.perTask());
      answers.add(Clarinet.classify(missing.repartition(tasks, col("path")), recipe));
    }
    return line(answers.rows(), pictures, (System.nanoTime() - start) / 1e9);
  }

  private static String line(Dataset<Row> rows, long pictures, double seconds) {
    long all = rows.count();
    long failed = rows.where(col("error").isNotNull()).count();
    return "%d pictures in %.1f s (%.1f/s); in all %d answers, %d of them errors"
        .formatted(pictures, seconds, pictures / seconds, all, failed);
  }
}
