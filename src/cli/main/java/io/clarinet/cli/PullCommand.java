package io.clarinet.cli;

import io.clarinet.hub.Hub;
import io.clarinet.hub.HubModel;
import io.clarinet.hub.HubReference;
import io.clarinet.hub.HubSettings;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pull}: models of a hub, fetched or brought up to date. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    header = "Fetches models from a hub.",
    description =
        "%nThe best file of weights that is read (safetensors, ONNX, Keras, PyTorch), what it "
            + "needs, labels and preprocessing, from Hugging Face's hub or the one that "
            + "HF_ENDPOINT names; HF_TOKEN is the token for private ones. What was cut goes on "
            + "where it was, and every file's checksum is compared. After that hf:OWNER/NAME is "
            + "a model for all commands, without the network.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet pull hf:timm/resnet50.a1_in1k",
      "  clarinet pull hf:microsoft/resnet-50 --revision main",
      "  clarinet classify --model hf:timm/resnet50.a1_in1k dog.jpg"
    })
final class PullCommand implements Callable<Integer> {
  private static final int SHOWN_DIGITS = 12;

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = "hf:OWNER/NAME, then @REVISION and :FILE where need be")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--revision",
      paramLabel = "REV",
      description = "a branch, a tag or a commit (default: main)")
  @Nullable String revision;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "the folder to keep them in (default: $HF_HUB_CACHE, else hub in $HF_HOME, else"
              + " ~/.cache/huggingface/hub)")
  @Nullable Path cache;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "what a model's files may take, such as 800M or 4G (default: 16G)")
  long maxMemory = Limits.DEFAULT.maxMemoryBytes();

  @Option(names = "--json", description = "print one JSON document and nothing else")
  boolean json;

  @Option(names = "--verbose", description = "print stack traces of errors")
  boolean verbose;

  PullCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    HubSettings usual = HubSettings.standard();
    Hub hub = new Hub(cache == null ? usual : usual.withCache(cache));
    List<Map<String, Object>> documents = new ArrayList<>();
    for (String text : models) {
      HubModel model = fetched(hub, HubReference.parse(text));
      documents.add(toJson(model));
      if (!json) {
        print(model);
      }
    }
    if (json) {
      console.json(Map.of("models", documents));
    }
    return 0;
  }

  private HubModel fetched(Hub hub, HubReference wanted) throws IOException {
    HubReference asked = revision == null ? wanted : wanted.at(revision);
    try (HubFetch progress = new HubFetch(console, json)) {
      return hub.fetch(asked, ImportOptions.DEFAULT.with(new Limits(maxMemory)), progress);
    }
  }

  private void print(HubModel model) {
    console
        .text()
        .printf("%s, commit %s%n", model.reference(), model.commit().substring(0, SHOWN_DIGITS));
    Table table =
        new Table(
            Table.Column.names("file", 16),
            Table.Column.numbers("bytes"),
            Table.Column.texts("was"));
    for (HubModel.Entry entry : model.entries()) {
      table.row(
          entry.name(),
          String.format(Locale.ROOT, "%,d", entry.bytes()),
          entry.fetched() ? "fetched" : "there");
    }
    table.print(console.text(), console.terminal());
    console.text().printf("%nclarinet classify --model %s PICTURE%n", model.reference());
    if (cache != null) {
      console.text().printf("with HF_HUB_CACHE=%s%n", cache.toAbsolutePath());
    }
  }

  private static Map<String, Object> toJson(HubModel model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model.reference().toString());
    json.put("commit", model.commit());
    json.put("file", model.file().toString());
    json.put("architecture", model.config().architecture());
    json.put(
        "files",
        model.entries().stream()
            .map(
                entry ->
                    Map.of(
                        "name", entry.name(),
                        "path", entry.path().toString(),
                        "bytes", entry.bytes(),
                        "fetched", entry.fetched()))
            .toList());
    return json;
  }
}
