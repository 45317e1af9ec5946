package io.clarinet.cli;

import io.clarinet.hub.Hub;
import io.clarinet.hub.HubFile;
import io.clarinet.hub.HubModel;
import io.clarinet.hub.HubProgress;
import io.clarinet.hub.HubReference;
import io.clarinet.hub.HubSettings;
import io.clarinet.importer.ImportOptions;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fetch from a hub, with a progress bar for each large file. */
final class HubFetch implements HubProgress, AutoCloseable {
  private final Console console;
  private final boolean quiet;
  private @Nullable Progress bar;

  HubFetch(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  /** A model from the cache; one that is not there is fetched, which is said. */
  static HubModel model(String text, ImportOptions options, Console console) throws IOException {
    HubReference wanted = HubReference.parse(text);
    Hub hub = new Hub(HubSettings.standard());
    Optional<HubModel> cached = hub.cached(wanted, options);
    if (cached.isPresent()) {
      return cached.get();
    }
    console.errors().println("clarinet: fetching " + wanted + ".");
    console.flush();
    try (HubFetch progress = new HubFetch(console, false)) {
      return hub.fetch(wanted, options, progress);
    }
  }

  @Override
  public void begin(HubFile file, long have) {
    close();
    bar = Progress.ofBytes(console, quiet, file.name(), file.size());
    bar.stepTo(have);
  }

  @Override
  public void at(long have) {
    if (bar != null) {
      bar.stepTo(have);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
