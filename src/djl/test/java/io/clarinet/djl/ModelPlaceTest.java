package io.clarinet.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.sun.net.httpserver.HttpServer;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models where DJL looks for them, with arguments and options as it hands them over. */
class ModelPlaceTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = Glyphs.folder(folder).resolve("glyphs.onnx");
  }

  private static void check(Criteria<Image, Classifications> criteria) throws Exception {
    try (ZooModel<Image, Classifications> loaded = criteria.loadModel();
        Predictor<Image, Classifications> predictor = loaded.newPredictor()) {
      String label = predictor.predict(Glyphs.images().get(2)).best().getClassName();
      assertThat(label).isEqualTo("E");
    }
  }

  @Test
  void aFile() throws Exception {
    check(Glyphs.criteria(model).build());
  }

  @Test
  void oneOfSeveralInAFolder() throws Exception {
    Files.copy(model, folder.resolve("other.onnx"));
    check(Glyphs.criteria(folder).optModelName("glyphs").build());
    assertThatThrownBy(() -> Glyphs.criteria(folder).build().loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("name one by Criteria.optModelName: [glyphs.onnx, other.onnx]");
  }

  @Test
  void aUrlOfAFolder() throws Exception {
    check(Glyphs.criteria(folder).optModelUrls(folder.toUri().toString()).build());
  }

  @Test
  void anArchiveOverHttp() throws Exception {
    Path archive = Files.createTempFile(folder, "model", ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : new String[] {"glyphs.onnx", "synset.txt"}) {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(folder.resolve(name), zip);
      }
    }
    System.setProperty("DJL_CACHE_DIR", folder.resolve("cache").toString());
    System.setProperty("ai.djl.allow_insecure_url", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/glyphs.zip",
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, head ? -1 : Files.size(archive));
          if (!head) {
            Files.copy(archive, exchange.getResponseBody());
          }
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/glyphs.zip";
      check(Glyphs.criteria(folder).optModelUrls(url).build());
    } finally {
      server.stop(0);
      System.clearProperty("DJL_CACHE_DIR");
      System.clearProperty("ai.djl.allow_insecure_url");
    }
  }

  /** All that DJL's own factory makes of arguments, here of a serving.properties beside. */
  @Test
  void argumentsOfServingProperties() throws Exception {
    Files.writeString(
        folder.resolve("serving.properties"),
        """
        engine=Clarinet
        width=32
        height=32
        resize=true
        normalize=0.5,0.5,0.5,0.5,0.5,0.5
        applySoftmax=true
        option.anyBatch=true
        """);
    check(
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optModelPath(folder)
            .optDevice(Device.cpu())
            .optTranslatorFactory(new ImageClassificationTranslatorFactory())
            .build());
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertThatThrownBy(
            () -> Glyphs.criteria(folder).optOption("mapLocation", "true").build().loadModel())
        .hasMessage(
            "no option of this engine: mapLocation; it has arch, outputs, weights and anyBatch");
    assertThatThrownBy(
            () -> Glyphs.criteria(folder).optOption("weights", "int8").build().loadModel())
        .hasMessage("option weights may be FP32 or FP16, not INT8");
    assertThatThrownBy(() -> Glyphs.criteria(folder).optDevice(Device.gpu()).build().loadModel())
        .hasMessageContaining("gpu(0) is no device of this engine; take Device.cpu()");
    Files.writeString(model, "no model");
    assertThatThrownBy(() -> Glyphs.criteria(folder).build().loadModel())
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining("glyphs.onnx");
    Files.delete(model);
    assertThatThrownBy(() -> Glyphs.criteria(folder).build().loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("holds no model");
  }

  /** But DJL's own client of other machines. */
  @Test
  void noOtherEngineIsThere() {
    assertThat(Engine.getAllEngines()).containsOnly("Clarinet", "RPC");
    assertThat(Engine.getDefaultEngineName()).isEqualTo("Clarinet");
    assertThat(Engine.getInstance().getVersion()).isNotEmpty();
    assertThat(Engine.getInstance().getDevices(0)).containsExactly(Device.cpu());
  }
}
