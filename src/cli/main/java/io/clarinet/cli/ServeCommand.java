package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.server.Endpoint;
import io.clarinet.server.Server;
import io.clarinet.server.http.Answered;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.Tls;
import io.clarinet.server.model.ModelFolder;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: models over HTTP. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    header = "Serves models over HTTP.",
    description =
        "%nIt speaks the Open Inference Protocol (KServe v2), takes pictures at /v1/classify, and"
            + " tells Prometheus at /metrics. Requests that come together run together, in batches."
            + " It is ready (/v2/health/ready) once every model has run; SIGTERM ends it after the"
            + " answers under way. --device may name several, with commas between them."
            + " Bound to another address than this machine's own it wants a token of its clients.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet serve --model resnet=resnet50.onnx",
      "  clarinet serve --folder models --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN = "CLARINET_TOKEN";
  private static final String KEY_PASSWORD = "CLARINET_KEY_STORE_PASSWORD";

  private final Console console;
  private final CountDownLatch end = new CountDownLatch(1);

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]M",
      completionCandidates = Words.Models.class,
      description =
          "a model file, a name of the zoo, or hf:OWNER/NAME of a hub, and the name to serve it by"
              + " (default: the bundled reader of digits and capitals)")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "serve the models in a folder, and follow its changes")
  @Nullable Path folder;

  @Mixin ServeOptions options = new ServeOptions();
  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, ModelSource> sources = sources();
    String version = new Version().getVersion()[0];
    CompletableFuture<Serving> serving = CompletableFuture.supplyAsync(this::serving);
    try (Server server = Server.start(http(), serving::join, version, this::log);
        ModelFolder watched = folder == null ? null : new ModelFolder(folder, server.models())) {
      if (watched != null) {
        sources.putAll(watched.sources());
      }
      Integer grpc = options.grpcPort == null ? null : addGrpc(server, options.grpcPort);
      Thread hook = new Thread(() -> stop(server), "clarinet-end");
      Runtime.getRuntime().addShutdownHook(hook);
      requireDevices(serving);
      server.load(sources);
      if (watched != null) {
        watched.watch(Duration.ofSeconds(1));
      }
      say(server, grpc);
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Answers gRPC too, at a port. */
  private int addGrpc(Server server, int port) throws IOException {
    for (Endpoint endpoint : ServiceLoader.load(Endpoint.class)) {
      if (endpoint.protocol().equals("grpc")) {
        return server.add(endpoint, http().at(port));
      }
    }
    throw usage(
        "--grpc-port wants clarinet-grpc on the class path, with what it needs:"
            + " src/docs/serving.md tells how");
  }

  /** Waits for the answers under way, as the JVM waits for this. */
  private void stop(Server server) {
    if (!server.drain(options.drain)) {
      console.errors().println("clarinet: some requests had no answer in time.");
    }
    end.countDown();
  }

  private void say(Server server, @Nullable Integer grpc) {
    String scheme = options.keyStore == null ? "http" : "https";
    String host = options.host.contains(":") ? "[" + options.host + "]" : options.host;
    String address = scheme + "://" + host + ":" + server.port();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("address", address);
    if (grpc != null) {
      told.put("grpc", host + ":" + grpc);
    }
    told.put("models", server.models().ready().keySet());
    if (common.json) {
      console.json(told);
    } else {
      String both = grpc == null ? address : address + ", gRPC at " + host + ":" + grpc + ",";
      console.text().println("ready at " + both + " " + server.models().ready().keySet());
    }
    console.flush();
  }

  private Map<String, ModelSource> sources() throws IOException {
    Map<String, ModelSource> sources = new LinkedHashMap<>();
    for (String argument : models) {
      int split = argument.indexOf('=');
      String file = argument.substring(split + 1);
      String name = split < 0 ? name(file) : argument.substring(0, split);
      if (!name.matches("[A-Za-z0-9._-]{1,128}")) {
        throw usage("'" + name + "' is no name to serve a model by; NAME=" + file + " gives one");
      }
      if (sources.put(name, () -> pictures.described(modelOptions.load(file, console))) != null) {
        throw usage("two models are named " + name + "; NAME=" + file + " names one otherwise");
      }
    }
    if (sources.isEmpty() && folder == null) {
      sources.put("characters", Model::bundled);
    }
    return sources;
  }

  /**
   * On the device that is named, or several with commas between them; their drivers take as long to
   * load as everything else.
   */
  private Serving serving() {
    return options.serving(
        common.device == null
            ? List.of(common.device())
            : Stream.of(common.device.split(",")).map(Device::find).toList());
  }

  /** Throws what kept devices from being found. */
  private static void requireDevices(CompletableFuture<Serving> serving) {
    try {
      serving.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** A file's name without its ending, or a name of the zoo. */
  private static String name(String file) {
    String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return last.replaceFirst("\\.(onnx|h5|hdf5|keras|safetensors|pth|pt)$", "").replace(':', '-');
  }

  private HttpOptions http() throws IOException {
    String token = options.token();
    if (token == null && !InetAddress.getByName(options.host).isLoopbackAddress()) {
      throw usage(
          "whoever reaches "
              + options.host
              + " could use this server: set a token in "
              + TOKEN
              + ", or by --token-file");
    }
    Guard guard = token == null ? Guard.loopback() : Guard.of(token);
    return new HttpOptions(options.host, options.port, tls(), guard, options.limits());
  }

  private @Nullable Tls tls() throws IOException {
    if (options.keyStore == null) {
      return null;
    }
    String password = System.getenv(KEY_PASSWORD);
    if (password == null) {
      throw usage("the password of " + options.keyStore + " is taken from " + KEY_PASSWORD);
    }
    return Tls.of(options.keyStore, password.toCharArray());
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void log(Answered answered) {
    options.log.line(answered).ifPresent(line -> console.errors().println(line));
  }
}
