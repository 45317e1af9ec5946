package io.clarinet;

import io.clarinet.image.Picture;
import io.clarinet.importer.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents bundled in the jar: a small trained network, and pictures to try it on. */
public final class Bundled {
  private static final String WEIGHTS = "models/glyphs.safetensors";
  private static final List<String> SAMPLES =
      List.of("1_O.png", "2_P.png", "3_E.png", "4_N.png", "5_C.png", "6_L.png");

  private Bundled() {}

  static SafetensorsFile weights() throws IOException {
    return SafetensorsFile.of(Path.of("glyphs.safetensors"), ByteBuffer.wrap(read(WEIGHTS)));
  }

  /** The sample pictures by file name, which ends with the right answer. */
  public static Map<String, Picture> samples() throws IOException {
    Map<String, Picture> samples = new LinkedHashMap<>();
    for (String name : SAMPLES) {
      try (InputStream in = open("samples/" + name)) {
        samples.put(name, Picture.read(in));
      }
    }
    return samples;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = Bundled.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the jar holds no " + name + "; build it again");
    }
    return in;
  }
}
