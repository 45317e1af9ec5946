package io.clarinet.server.model;

import io.clarinet.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of models that is watched: {@code NAME.onnx} and the like, or {@code NAME/1/model.onnx}.
 * A file that has been the same for two looks is loaded, or replaces what was loaded by its name;
 * one that has gone is unloaded.
 */
public final class ModelFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
  private static final Set<String> ENDINGS =
      Set.of("onnx", "h5", "hdf5", "keras", "safetensors", "pth", "pt");

  private final Path folder;
  private final Models models;
  private final Map<String, Stamp> seen = new HashMap<>();
  private final Map<String, Stamp> taken = new HashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(ModelFolder::thread);

  /** What tells a file from the one that was there before. */
  private record Stamp(Path file, long modified, long size) {}

  /**
   * @param models that follow the folder
   */
  public ModelFolder(Path folder, Models models) {
    this.folder = folder;
    this.models = models;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "clarinet-folder");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The models that are there now, by name; later looks find what has changed since.
   *
   * @throws IOException if it cannot be read
   */
  public Map<String, ModelSource> sources() throws IOException {
    Map<String, ModelSource> sources = new TreeMap<>();
    stamps()
        .forEach(
            (name, stamp) -> {
              taken.put(name, stamp);
              sources.put(name, () -> Model.load(stamp.file()));
            });
    seen.putAll(taken);
    return sources;
  }

  /** Looks again and again from now on. */
  public void watch(Duration every) {
    var unused =
        looking.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. */
  void look() {
    try {
      Map<String, Stamp> now = stamps();
      List<CompletableFuture<Void>> changes = new ArrayList<>();
      now.forEach(
          (name, stamp) -> {
            if (stamp.equals(seen.get(name)) && !stamp.equals(taken.get(name))) {
              taken.put(name, stamp);
              models.add(name, () -> Model.load(stamp.file()));
              changes.add(models.load(name));
            }
          });
      for (String name : List.copyOf(taken.keySet())) {
        if (!now.containsKey(name)) {
          taken.remove(name);
          changes.add(models.remove(name));
        }
      }
      seen.clear();
      seen.putAll(now);
      changes.forEach(change -> change.exceptionally(e -> null).join());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read: {}", folder, e.toString());
    }
  }

  private Map<String, Stamp> stamps() throws IOException {
    Map<String, Stamp> stamps = new TreeMap<>();
    for (Path entry : list(folder)) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        for (Path file : list(Files.isDirectory(entry.resolve("1")) ? entry.resolve("1") : entry)) {
          if (isModel(file) && file.getFileName().toString().startsWith("model.")) {
            stamps.put(name, stamp(file));
          }
        }
      } else if (isModel(entry)) {
        stamps.put(name.substring(0, name.lastIndexOf('.')), stamp(entry));
      }
    }
    return stamps;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static boolean isModel(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
        && Files.isRegularFile(file);
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(file, is.lastModifiedTime().toMillis(), is.size());
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
