package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.cli.folder.RunRecord;
import io.clarinet.file.OperatingSystem;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code classify} on folders and lists, with the answers in a file. */
class ClassifyFolderTest {
  private static final String FAULTS = "src/test/resources/faults/";
  private static final Path RED = Path.of(FAULTS + "classify/red.png");
  private static final Path BLUE = Path.of(FAULTS + "classify/blue.png");
  private static final String MODEL = FAULTS + "classify/sigmoid1.onnx";
  private static final String PREPROCESS = "none,range=1";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private String list = "";

  private int classify(Object... more) {
    List<String> given = Stream.of(more).map(Object::toString).toList();
    List<String> arguments = new ArrayList<>(List.of("classify", "--device", "cpu"));
    Map.of("--model", MODEL, "--preprocess", PREPROCESS)
        .forEach(
            (option, value) ->
                arguments.addAll(given.contains(option) ? List.of() : List.of(option, value)));
    arguments.addAll(given);
    out.reset();
    errors.reset();
    Console console =
        new Console(
            () -> new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)),
            out,
            Terminal.NONE,
            errors,
            Terminal.NONE);
    return Main.run(console, arguments.toArray(String[]::new));
  }

  private Path picture(String name, Path of) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.copy(of, file);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFoldersPicturesComeInTheOrderOfTheirNames() throws IOException {
    picture("b.PNG", RED);
    picture("a.jpeg", BLUE);
    picture("c/d.png", BLUE);
    picture(".hidden.png", RED);
    picture(".hidden/e.png", RED);
    Files.writeString(folder.resolve("notes.txt"), "none");
    assertThat(classify(folder, "--quiet", "--top", "1")).as(text(errors)).isZero();
    assertThat(text(out)).isEqualTo("cat\ndog\n");
    assertThat(classify(folder, "--quiet", "--top", "1", "--recursive")).isZero();
    assertThat(text(out)).isEqualTo("cat\ndog\ncat\n");
  }

  @Test
  void aCircleOfLinksIsGoneAroundOnce() throws IOException {
    assumeThat(OperatingSystem.CURRENT).isNotEqualTo(OperatingSystem.WINDOWS);
    picture("a/a.png", RED);
    Files.createSymbolicLink(folder.resolve("a/b"), folder);
    assertThat(classify(folder, "--quiet", "--top", "1", "--recursive")).as(text(errors)).isZero();
    assertThat(text(out)).isEqualTo("dog\n");
  }

  @Test
  void aFolderWithoutPicturesIsAnError() throws IOException {
    picture("below/a.png", RED);
    assertThat(classify(folder)).isEqualTo(1);
    assertThat(text(errors))
        .contains("there are no pictures in " + folder, "--recursive also looks in the folders");
    assertThat(classify("--recursive", Files.createDirectory(folder.resolve("none")))).isEqualTo(1);
    assertThat(text(errors)).contains("no pictures in").doesNotContain("--recursive");
    assertThat(classify("-")).isEqualTo(1);
    assertThat(text(errors))
        .isEqualTo("clarinet: there are no pictures in the list on standard input\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\0"})
  void aListOnStandardInputNamesFilesAmongOthers(String end) throws IOException {
    list = picture("a b*.png", BLUE) + end + RED + end + "nosuch.png" + end + RED + end;
    assertThat(classify(RED, "-", BLUE, "--quiet", "--top", "1")).isEqualTo(1);
    assertThat(text(out)).isEqualTo("dog\ncat\ndog\nerror: not_found\ndog\ncat\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aLineAPictureInTheirOrderWhateverItsName(int batch) throws IOException {
    assumeThat(OperatingSystem.CURRENT).isNotEqualTo(OperatingSystem.WINDOWS);
    Path comma = picture("a,b.png", RED);
    Path quote = picture("say \"b\".png", BLUE);
    Path line = picture("c\nd.png", RED);
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path csv = folder.resolve("a.csv");
    assertThat(
            classify(
                line,
                comma,
                bad,
                quote,
                comma,
                "nosuch.png",
                "--output",
                csv,
                "--top",
                "1",
                "--batch",
                batch))
        .isEqualTo(1);
    assertThat(Files.readString(csv).replaceAll("0\\.\\d+", "P"))
        .isEqualTo(
            "image,label,probability,error\n\"%1$s/c\nd.png\",dog,P,\n\"%1$s/a,b.png\",dog,P,\n"
                    .formatted(folder)
                + "%s,,,\"%s\"\n".formatted(bad, failure(bad))
                + "\"%1$s/say \"\"b\"\".png\",cat,P,\n\"%1$s/a,b.png\",dog,P,\n".formatted(folder)
                + "nosuch.png,,,nosuch.png: no such file\n");
    assertThat(text(errors))
        .endsWith(
            "clarinet: 2 of 6 pictures have no answer:\n  %s\n  nosuch.png: no such file\n"
                .formatted(failure(bad)));
    assertThat(text(out)).contains(csv + ": 6 pictures\n");
  }

  private static String failure(Path bad) {
    try {
      Picture.read(bad);
      throw new AssertionError(bad + " is a picture");
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Test
  void jsonLinesAreTheResultsOfTheDocument() throws IOException {
    Path lines = folder.resolve("a.jsonl");
    assertThat(classify(RED, "nosuch.png", BLUE, "--output", lines)).isEqualTo(1);
    assertThat(classify(RED, "nosuch.png", BLUE, "--json")).isEqualTo(1);
    List<JsonNode> expected = new ArrayList<>();
    json().get("results").forEach(expected::add);
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(lines)) {
      found.add(new ObjectMapper().readTree(line));
    }
    assertThat(found).isEqualTo(expected);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aVectorInPlaceOfClasses(int batch) throws IOException {
    Model model = Model.load(Path.of(MODEL));
    String value = model.graph().nodes().get(0).output();
    List<String> expected = new ArrayList<>();
    try (Session session = model.withOutputs(value).open(Device.cpu())) {
      Preprocess preprocess = Preprocess.parse(PREPROCESS);
      int side = model.inputs().get(0).dims().get(2);
      for (float number :
          session.run(preprocess.apply(Picture.read(BLUE), side, side)).toFloatArray()) {
        expected.add("" + number);
      }
    }
    Path csv = folder.resolve("v.csv");
    assertThat(
            classify(RED, BLUE, "no.png", "--embedding", value, "--output", csv, "--batch", batch))
        .isEqualTo(1);
    assertThat(Files.readAllLines(csv))
        .startsWith("image,embedding,error")
        .contains("%s,%s,".formatted(BLUE, String.join(" ", expected)))
        .endsWith("no.png,,no.png: no such file");
    assertThat(classify(BLUE, "--embedding", value, "--json")).isZero();
    assertThat(json().at("/embedding").asText()).isEqualTo(value);
    assertThat(json().at("/results/0/embedding")).hasSize(expected.size());
    assertThat(classify(BLUE, "--embedding", value, "--quiet")).isZero();
    assertThat(text(out)).isEqualTo(String.join("\t", expected) + "\n");
    assertThat(classify(BLUE, "--embedding", value + "s")).isEqualTo(1);
    assertThat(text(errors)).contains("near it is \"" + value);
  }

  @Test
  void aModelThatFixesItsBatchIsOpenedWhereThatIsSafe() throws IOException {
    Path csv = folder.resolve("a.csv");
    String fixed = batchOfOne(Model.load(Path.of(MODEL))).toString();
    assertThat(classify(RED, BLUE, RED, "--model", fixed, "--output", csv))
        .as(text(errors))
        .isZero();
    JsonNode record = new ObjectMapper().readTree(Files.readString(RunRecord.beside(csv)));
    assertThat(record.get("batch").asText()).isEqualTo("3");
  }

  private Path batchOfOne(Model model) throws IOException {
    Graph open = model.graph();
    List<Integer> dims = new ArrayList<>(open.inputs().get(0).dims());
    dims.set(0, 1);
    Input one = new Input(open.inputs().get(0).name(), open.inputs().get(0).type(), dims);
    Path file = folder.resolve("one.onnx");
    Model.of(
            new Graph(
                open.name(),
                List.of(one),
                open.outputs(),
                open.constants(),
                open.nodes(),
                open.metadata()))
        .writeOnnx(file);
    assertThat(Model.load(file).inputs().get(0).dims().get(0)).isEqualTo(1);
    return file;
  }

  @Test
  void aFileIsGoneOnWithOrLeftAsItIs() throws IOException {
    Path csv = folder.resolve("a.csv");
    Object[] run = {RED, BLUE, "no.png", RED, BLUE, "--output", csv, "--batch", "2", "--resume"};
    assertThat(classify(run)).isEqualTo(1);
    byte[] whole = Files.readAllBytes(csv);
    assertThat(classify(RED, BLUE, "--output", csv)).isEqualTo(2);
    assertThat(text(errors)).contains("a.csv has answers; --resume goes on with them");
    assertThat(csv).hasBinaryContent(whole);
    List<String> lines = Files.readAllLines(csv);
    Files.writeString(csv, String.join("\n", lines.subList(0, 4)) + "\nhalf,a,li");
    assertThat(classify(run)).isEqualTo(1);
    assertThat(csv).hasBinaryContent(whole);
    assertThat(text(errors)).contains("1 of 5 pictures have no answer:\n  no.png: no such file");
    assertThat(classify(run)).as("nothing is left to do").isEqualTo(1);
    assertThat(csv).hasBinaryContent(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top 1           | top 2, not 1",
        "--batch 1         | batch 2, not 1",
        "--preprocess none | preprocess none,resize",
        "--embedding y     | embedding none, not y",
        "another.png       | pictures 2 of list",
        "--weights fp16    | weights fp32, not fp16",
        "--model MULTI     | model g of content"
      })
  void otherAnswersAreRefused(String change, String told) throws IOException {
    Path csv = folder.resolve("a.csv");
    assertThat(classify(RED, BLUE, "--output", csv)).as(text(errors)).isZero();
    byte[] whole = Files.readAllBytes(csv);
    List<Object> changed = new ArrayList<>(List.of(RED, BLUE, "--output", csv, "--resume"));
    for (String word : change.split(" ", -1)) {
      changed.add(word.equals("MULTI") ? FAULTS + "classify/multilabel.onnx" : word);
    }
    assertThat(classify(changed.toArray())).isEqualTo(1);
    assertThat(text(errors)).contains("a.csv: it was begun with " + told, "write another file");
    assertThat(csv).hasBinaryContent(whole);
  }

  @Test
  void answersOfWhichNothingTellsHowTheyWereMadeAreLeftAsTheyAre() throws IOException {
    Path csv = folder.resolve("a.csv");
    assertThat(classify(RED, "--output", csv)).isZero();
    Files.delete(RunRecord.beside(csv));
    assertThat(classify(RED, "--output", csv, "--resume")).isEqualTo(1);
    assertThat(text(errors)).contains("nothing tells how it was made: there is no a.csv.run.json");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeAnyWork() throws IOException {
    assertThat(classify(RED, "--output", folder.resolve("none/a.csv"))).isEqualTo(1);
    assertThat(text(errors)).contains("there is no folder " + folder.resolve("none"));
    assertThat(classify(RED, "--output", Files.createDirectory(folder.resolve("b.csv"))))
        .isEqualTo(1);
    assertThat(text(errors)).contains("b.csv: is a folder");
    assertThat(classify(RED, "--output", folder.resolve("a.txt"))).isEqualTo(2);
    assertThat(text(errors)).contains("a.txt ends in neither .csv nor .jsonl");
    assertThat(classify(RED, "--resume")).isEqualTo(2);
    assertThat(text(errors)).contains("--output names it");
  }
}
