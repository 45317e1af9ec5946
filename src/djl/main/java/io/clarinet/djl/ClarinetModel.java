package io.clarinet.djl;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.translate.Translator;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.importer.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of DJL's: a file's network in one session, which all of its predictors share. */
final class ClarinetModel extends BaseModel {
  private static final String NETWORK = "network";
  private static final String REMEDY = "this engine runs networks of files; train elsewhere";

  private final @Nullable Device wanted;

  /**
   * @param wanted null for the one that the library chooses, which may go on with another
   */
  ClarinetModel(String name, @Nullable Device wanted) {
    super(name);
    this.wanted = wanted;
    manager = HostManager.base(wanted == null ? Devices.standard() : wanted);
    manager.setName("model " + name);
    dataType = DataType.FLOAT32;
  }

  @Override
  public void load(Path path, @Nullable String prefix, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    LoadOptions read = LoadOptions.of(options);
    modelDir = Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path;
    setModelDir(modelDir);
    Path file =
        Files.isRegularFile(path)
            ? path
            : NetworkFile.in(modelDir, prefix == null ? modelName : prefix);
    open(read.applied(loaded(file, read)), read);
  }

  @Override
  public void load(InputStream stream, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    LoadOptions read = LoadOptions.of(options);
    try {
      open(read.applied(Model.load(stream, read.importing())), read);
    } catch (ModelFormatException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
  }

  private static Model loaded(Path file, LoadOptions options)
      throws IOException, MalformedModelException {
    try {
      return Model.load(file, options.importing());
    } catch (ModelFormatException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
  }

  private void open(Model model, LoadOptions options) {
    if (block != null) {
      throw new IllegalStateException(
          "model " + modelName + " has a network already; make a new model for another file");
    }
    io.clarinet.Device device =
        wanted == null ? io.clarinet.Device.standard() : Devices.find(wanted);
    Session session = model.open(device, options.session());
    SessionBlock network = new SessionBlock(session);
    manager.attachInternal(NETWORK, network);
    block = network;
    wasLoaded = true;
  }

  @Override
  public void setBlock(Block other) {
    throw Refusal.of("Model.setBlock(Block)", REMEDY);
  }

  @Override
  public Trainer newTrainer(TrainingConfig configuration) {
    throw Refusal.of("Model.newTrainer(TrainingConfig)", REMEDY);
  }

  @Override
  public <I, O> Predictor<I, O> newPredictor(Translator<I, O> translator, Device device) {
    if (!device.equals(manager.getDevice())) {
      throw new IllegalArgumentException(
          "model %s is on %s; load it once more with Criteria.optDevice for a predictor on %s"
              .formatted(modelName, manager.getDevice(), device));
    }
    return super.newPredictor(translator, device);
  }
}
