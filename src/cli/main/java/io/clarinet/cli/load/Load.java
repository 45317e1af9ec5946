package io.clarinet.cli.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests to a model that is served, and loads of them, one after the other. */
public final class Load {
  private static final int DIFFERENT = 16;
  private static final long SEED = 1;

  private final ServedModel model;
  private final List<Payload> payloads;

  private Load(ServedModel model, List<Payload> payloads) {
    this.model = model;
    this.payloads = payloads;
  }

  /**
   * Random tensors.
   *
   * @param check of every answer, or null
   * @param malformed percent of the requests that are wrong, and must be refused as such
   */
  public static Load ofTensors(ServedModel model, @Nullable AnswerCheck check, double malformed) {
    Payloads made = new Payloads(model, SEED);
    List<Payload> right = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      var tensors = made.tensors();
      right.add(made.of(tensors, check == null ? Payload.ANSWERED : check.of(tensors)));
    }
    return new Load(model, malformed > 0 ? mixed(right, made.malformed(), malformed) : right);
  }

  /** Each of the wrong ones once, evenly among right ones. */
  private static List<Payload> mixed(List<Payload> right, List<Payload> wrong, double percent) {
    List<Payload> all = new ArrayList<>();
    int apart = (int) Math.max(1, Math.round(100 / percent));
    for (int i = 0; i < apart * wrong.size(); i++) {
      all.add(i % apart == 0 ? wrong.get(i / apart) : right.get(i % right.size()));
    }
    return all;
  }

  /** Pictures, as files hold them. */
  public static Load ofPictures(ServedModel model, List<byte[]> files) {
    String path = "/v1/classify?model=" + model.name();
    return new Load(
        model,
        files.stream()
            .map(file -> new Payload(path, java.util.Map.of(), file, Payload.ANSWERED))
            .toList());
  }

  /** What the server does under a load. */
  public LoadResult run(LoadStep step) throws IOException {
    return LoadRun.of(model, step, payloads);
  }
}
