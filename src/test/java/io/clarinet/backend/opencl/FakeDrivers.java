package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jocl.CL;

/**
 * A folder of OpenCL drivers for {@code OCL_ICD_VENDORS}: fake ones ({@code
 * src/test/c/fake_driver.c}), each with a script of what it does wrong, alone or beside the
 * installed ones.
 */
public final class FakeDrivers {
  private static final Path SOURCE = Path.of("src", "test", "c", "fake_driver.c");

  private static final String LIBRARY = "fake.so";

  private final Path library;
  private final Path folder;

  /** Compiles the driver into a folder, which needs cc and OpenCL's headers. */
  public static void compile(Path folder) throws IOException, InterruptedException {
    String library = folder.resolve(LIBRARY).toString();
    Process compiler =
        new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library, SOURCE.toString())
            .redirectErrorStream(true)
            .start();
    String log = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(log).isZero();
  }

  /**
   * No drivers yet.
   *
   * @param compiled folder that {@link #compile} was given
   */
  public FakeDrivers(Path compiled, Path folder) throws IOException {
    this.library = compiled.resolve(LIBRARY);
    this.folder = Files.createDirectories(folder.resolve("vendors"));
  }

  /** The value for {@code OCL_ICD_VENDORS}. */
  public Path folder() {
    return folder;
  }

  /** Adds a driver whose platform has this name and whose device is called "NAME device". */
  public FakeDrivers with(String name, String... script) throws IOException {
    Path copy = Files.copy(library, folder.resolveSibling(name + ".so"));
    String names =
        "answer %d %s%nanswer %d %s device%n"
            .formatted(CL.CL_PLATFORM_NAME, name, CL.CL_DEVICE_NAME, name);
    Files.writeString(Path.of(copy + ".txt"), String.join("\n", script) + "\n" + names);
    return withLibrary(name, copy.toString());
  }

  /** Adds a driver file that names this library. */
  public FakeDrivers withLibrary(String name, String library) throws IOException {
    Files.writeString(folder.resolve(name + ".icd"), library);
    return this;
  }

  /** Adds what the machine has. */
  public FakeDrivers withInstalled() throws IOException {
    String own = System.getenv("OCL_ICD_VENDORS");
    Path vendors = Path.of(own == null ? "/etc/OpenCL/vendors" : own);
    try (Stream<Path> files = Files.list(vendors)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".icd")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return this;
  }

  /** The output of a Java program that sees these drivers only. */
  public List<String> run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OCL_ICD_VENDORS", folder.toString());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }
}
