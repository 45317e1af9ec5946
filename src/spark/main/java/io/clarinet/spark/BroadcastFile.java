package io.clarinet.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/** A file of the driver's, in parts that executors take from it and from one another. */
record BroadcastFile(String file, String hash, List<Broadcast<byte[]>> parts)
    implements ModelPlace {
  private static final int PART = 1 << 26;

  static BroadcastFile of(SparkContext context, Path file, String hash) throws IOException {
    List<Broadcast<byte[]>> parts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        parts.add(context.broadcast(part, ClassTag$.MODULE$.apply(byte[].class)));
      }
    }
    return new BroadcastFile(file.toString(), hash, parts);
  }

  @Override
  public String name(ClassifyOptions options) {
    return hash;
  }

  @Override
  public String find(ClassifyOptions options) throws IOException {
    return LocalCopy.of(file, hash, this::writeTo).toString();
  }

  private void writeTo(OutputStream out) throws IOException {
    for (Broadcast<byte[]> part : parts) {
      out.write(part.value());
    }
  }

  /** Broadcasts of one file are others each time, and the file is the same. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BroadcastFile that && file.equals(that.file) && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }
}
