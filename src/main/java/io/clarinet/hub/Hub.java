package io.clarinet.hub;

import io.clarinet.hub.HubConnection.Reply;
import io.clarinet.hub.HubException.Kind;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelConfig;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A hub of models, and the cache of what was fetched from it. */
public final class Hub {
  private static final int LONGEST_LISTING = 32 << 20;
  private static final int LARGEST_DESCRIPTION = 4 << 20;

  private final HubSettings settings;
  private final HubConnection connection;

  /** The hub that the settings name. */
  public Hub(HubSettings settings) {
    this(settings, new HubConnection(settings));
  }

  Hub(HubSettings settings, HubConnection connection) {
    this.settings = settings;
    this.connection = connection;
  }

  /**
   * A model: from the cache, without a question to the hub, if it is all there; else fetched.
   *
   * @param options whether a network of the zoo is named for its weights, and how large it may be
   * @throws HubException saying what is wrong and what to do
   */
  public HubModel model(HubReference wanted, ImportOptions options, HubProgress progress)
      throws IOException {
    Optional<HubModel> cached = cached(wanted, options);
    return cached.isPresent() ? cached.get() : fetch(wanted, options, progress);
  }

  /** A model as the cache has it, at the commit that its revision was when it was fetched. */
  public Optional<HubModel> cached(HubReference wanted, ImportOptions options) throws IOException {
    HubCache cache = new HubCache(settings.cache(), wanted);
    Optional<String> commit = cache.commit(wanted);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    Path snapshot = cache.snapshot(commit.get());
    Set<String> names = cache.names(commit.get());
    boolean graphsOnly = !mayNeedTheZoo(wanted, options, ModelConfig.in(snapshot));
    Optional<HubFiles> files = HubFiles.of(wanted, names, graphsOnly);
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(model(wanted, commit.get(), snapshot, files.get(), Set.of()));
  }

  /**
   * A model as the hub has it now; what has not changed since the cache has it is not fetched
   * again.
   *
   * @throws HubException saying what is wrong and what to do
   */
  public HubModel fetch(HubReference wanted, ImportOptions options, HubProgress progress)
      throws IOException {
    if (settings.offline()) {
      throw new HubException(
          Kind.UNREACHABLE,
          "%s: not in the cache %s, and HF_HUB_OFFLINE forbids to ask for it; run `clarinet pull %s` without it once"
              .formatted(wanted, settings.cache(), wanted));
    }
    HubListing listing = listing(wanted);
    Fetch fetch = new Fetch(wanted, listing, progress);
    HubFiles first =
        HubFiles.of(wanted, listing.names(), false)
            .orElseThrow(() -> HubFiles.none(wanted, listing.names(), ""));
    fetch.all(first.descriptions());
    ModelConfig config = ModelConfig.in(fetch.snapshot());
    HubFiles chosen =
        mayNeedTheZoo(wanted, options, config)
            ? first
            : HubFiles.of(wanted, listing.names(), true)
                .orElseThrow(() -> HubFiles.none(wanted, listing.names(), config.architecture()));
    fetch.requireSmall(chosen, options.limits().maxMemoryBytes());
    fetch.all(chosen.all());
    fetch.cache.keepCommit(wanted, listing.commit());
    return model(wanted, listing.commit(), fetch.snapshot(), chosen, fetch.fetched());
  }

  /** Whether weights alone will do: whoever names a file or a network knows better. */
  private static boolean mayNeedTheZoo(
      HubReference wanted, ImportOptions options, ModelConfig config) {
    return wanted.file() != null || options.architecture() != null || config.fitsTheZoo();
  }

  private static HubModel model(
      HubReference wanted, String commit, Path snapshot, HubFiles files, Set<String> fetched)
      throws IOException {
    List<HubModel.Entry> entries = new ArrayList<>();
    for (String name : files.all()) {
      Path path = HubPath.below(snapshot, name);
      if (Files.isRegularFile(path)) {
        entries.add(new HubModel.Entry(name, path, Files.size(path), fetched.contains(name)));
      }
    }
    Path file = HubPath.below(snapshot, files.model());
    return new HubModel(wanted, commit, file, ModelConfig.in(snapshot), entries);
  }

  private HubListing listing(HubReference wanted) throws IOException {
    String path =
        "/api/models/%s/revision/%s?blobs=true"
            .formatted(wanted.repository(), HubPath.encodedWhole(wanted.revision()));
    try (Reply reply = connection.get(wanted, path, Map.of())) {
      return HubListing.read(wanted, new Bounded(wanted, reply.body()));
    } catch (HubException e) {
      throw e;
    } catch (IOException e) {
      throw new HubException(
          Kind.UNREACHABLE, wanted + ": the hub's answer was cut; try again later", e);
    }
  }

  /** An answer that must end before long. */
  private static final class Bounded extends FilterInputStream {
    private final HubReference wanted;
    private long read;

    Bounded(HubReference wanted, InputStream body) {
      super(body);
      this.wanted = wanted;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      read += Math.max(0, count);
      if (read > LONGEST_LISTING) {
        throw new HubException(
            Kind.INVALID,
            wanted + ": the hub's list of files does not end; does HF_ENDPOINT name a hub?");
      }
      return count;
    }
  }

  /** Files of one commit, on their way into the cache. */
  private final class Fetch {
    private final HubReference wanted;
    private final HubListing listing;
    private final HubProgress progress;
    private final HubCache cache;
    private final Map<String, Boolean> done = new LinkedHashMap<>();

    Fetch(HubReference wanted, HubListing listing, HubProgress progress) {
      this.wanted = wanted;
      this.listing = listing;
      this.progress = progress;
      this.cache = new HubCache(settings.cache(), wanted);
    }

    Path snapshot() {
      return cache.snapshot(listing.commit());
    }

    Set<String> fetched() {
      Set<String> names = new HashSet<>(done.keySet());
      names.removeIf(name -> !Boolean.TRUE.equals(done.get(name)));
      return names;
    }

    void all(List<String> names) throws IOException {
      for (String name : names) {
        HubFile file = listed(name);
        boolean oversized = name.endsWith("config.json") && file.size() > LARGEST_DESCRIPTION;
        if (!done.containsKey(name) && !oversized) {
          done.put(name, cache.keep(listing.commit(), file, part -> download(file, part)));
        }
      }
    }

    private void download(HubFile file, Path part) throws IOException {
      String path =
          "/%s/resolve/%s/%s"
              .formatted(wanted.repository(), listing.commit(), HubPath.encoded(file.name()));
      new HubDownload(wanted, file, path, part, connection, progress).run();
    }

    /** Before anything large comes. */
    void requireSmall(HubFiles files, long most) throws HubException {
      long bytes = 0;
      for (String name : files.all()) {
        bytes += Math.min(listed(name).size(), most + 1); // no sum of few such overflows
      }
      if (bytes > most) {
        throw new HubException(
            Kind.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "%s: its files take %,d bytes, more than the %,d that are allowed; allow more with"
                    + " --max-memory",
                wanted,
                bytes,
                most));
      }
    }

    private HubFile listed(String name) throws HubException {
      return listing
          .file(name)
          .orElseThrow(
              () ->
                  new HubException(
                      Kind.INVALID,
                      wanted + ": the hub lists " + name + " without a size or a checksum"));
    }
  }
}
