package io.clarinet.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The files of pictures: of a row's {@code content}, or where its {@code path} says. */
final class PictureSource {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Configuration configuration;

  PictureSource(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * @return null if the row has none
   * @throws IOException in one line, if its file cannot be read
   */
  byte @Nullable [] file(Row picture) throws IOException {
    if (picture.size() > 1) {
      return picture.getAs(1);
    }
    return picture.isNullAt(0) ? null : read(new Path(picture.getString(0)));
  }

  private byte[] read(Path path) throws IOException {
    try {
      FileSystem system = path.getFileSystem(configuration);
      FileStatus status = system.getFileStatus(path);
      if (status.getLen() > LARGEST) {
        throw new IOException("a picture's file has less than 2 GiB, not " + status.getLen());
      }
      byte[] bytes = new byte[(int) status.getLen()];
      try (FSDataInputStream in = system.open(path)) {
        in.readFully(0, bytes);
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new IOException("there is no file " + path, e);
    }
  }
}
