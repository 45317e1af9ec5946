package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.file.RegularFile;
import io.clarinet.hub.HubReference;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Outline;
import io.clarinet.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code info}: what a model is, and what would keep it from running, without running it. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    header = "Shows what a model is and what it needs.",
    description =
        "%nWhat it takes and gives, its size and cost, what its pictures and scores "
            + "mean, and what in it is not supported, with what to do; exit status 1 if it "
            + "cannot be run.",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet info model.onnx", "  clarinet info resnet50 --batch 8 --json"})
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ModelAndBatch asked = new ModelAndBatch();

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin CommonOptions common = new CommonOptions();

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelFacts facts = facts();
    if (common.json) {
      console.json(facts.document());
    } else {
      new InfoText(console).print(facts);
      facts
          .failure()
          .ifPresent(failure -> console.errors().println("clarinet: " + failure.message()));
    }
    return facts.failure().map(Failure::exitStatus).orElse(0);
  }

  /** The file that a name is of, fetched if need be; null for a network of the zoo. */
  private @Nullable Path file(String name) throws IOException {
    if (HubReference.isOne(name)) {
      return HubFetch.model(name, modelOptions.importing(), console).file();
    }
    return Zoo.find(name).isEmpty() && RegularFile.exists(name) ? Path.of(name) : null;
  }

  /** A file that can be read but not run still says what it holds. */
  private ModelFacts facts() throws IOException {
    String name = Wildcards.one(asked.model);
    Path file = file(name);
    Outline outline = file == null ? null : ModelFile.outline(file, modelOptions.importing());
    try {
      Model loaded = modelOptions.read(name, console);
      Outline own = outline == null ? Outline.of("the zoo", loaded.graph()) : outline;
      ModelFacts facts = new ModelFacts(name, own);
      Model sized = facts.sized(loaded, ModelOptions.usual(loaded));
      Model opened = ModelOptions.opened(sized, asked.batch);
      facts.add(opened, ModelOptions.shapes(opened, asked.batch), common.device());
      return facts;
    } catch (ModelFormatException e) {
      if (outline == null) {
        throw e;
      }
      ModelFacts facts = new ModelFacts(name, outline);
      facts.refused(e);
      return facts;
    }
  }
}
