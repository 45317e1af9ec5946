package io.clarinet.artifact;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library inside of an application's one jar, as Spring Boot makes and starts it. */
class FatJarTest {
  @TempDir Path folder;

  @Test
  void nestedJarsAreEnough() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    GuestProgram.compile(folder, classes);
    Path jar = folder.resolve("app.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
      addLoader(out);
      for (String each : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
        out.putNextEntry(new JarEntry(each));
      }
      add(out, "BOOT-INF/classes/app/Main.class", classes.resolve(Path.of("app", "Main.class")));
      for (Path library : libraries()) {
        add(out, "BOOT-INF/lib/" + library.getFileName(), library);
      }
    }
    GuestProgram.assertWorked(
        GuestProgram.run(
            List.of(
                Built.java().toString(),
                "--add-modules=jdk.incubator.vector",
                "-jar",
                jar.toString(),
                folder.toString())));
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
    main.putValue("Start-Class", "app.Main");
    main.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    main.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    return manifest;
  }

  private static List<Path> libraries() throws IOException {
    List<Path> libraries = new ArrayList<>(List.of(Built.library()));
    libraries.add(Built.other("slf4j-simple", "2.0.17"));
    Arrays.stream(Files.readString(Built.libraryDependencies()).strip().split(File.pathSeparator))
        .map(Path::of)
        .forEach(libraries::add);
    return libraries;
  }

  private static void addLoader(JarOutputStream out) throws IOException {
    try (JarFile loader = new JarFile(Built.other("spring-boot-loader", "3.5.7").toFile())) {
      for (JarEntry entry : loader.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        loader.getInputStream(entry).transferTo(out);
      }
    }
  }

  /** Nested jars must not be compressed. */
  private static void add(JarOutputStream out, String name, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    JarEntry entry = new JarEntry(name);
    entry.setMethod(JarEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
  }
}
