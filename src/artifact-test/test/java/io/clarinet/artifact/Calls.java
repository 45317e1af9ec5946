package io.clarinet.artifact;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The methods and fields of others' that the classes of a jar name. */
record Calls(Set<String> all) {
  private static final Pattern REFERENCE =
      Pattern.compile("= (?:Interface)?(?:Method|Field)ref\\s+\\S+\\s+// (\\S+)");
  private static final Pattern PARTS = Pattern.compile("(.+)\\.\"?([^.\":]+)\"?:(.+)");

  /** What belongs to packages of these prefixes. */
  static Calls of(Path jar, String... prefixes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-v", "-p", "-cp", jar.toString()));
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        byte[] bytes = file.getInputStream(entry).readAllBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (Arrays.stream(prefixes).anyMatch(text::contains)) {
          arguments.add(entry.getName().replace(".class", "").replace('/', '.'));
        }
      }
    }
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    Set<String> calls = new TreeSet<>();
    for (Matcher m = REFERENCE.matcher(printed.toString()); m.find(); ) {
      if (Arrays.stream(prefixes).anyMatch(m.group(1)::startsWith)) {
        calls.add(m.group(1));
      }
    }
    return new Calls(calls);
  }

  /** Those that a class path of these jars has not. */
  List<String> missingFrom(List<Path> jars) throws IOException {
    URL[] urls = jars.stream().map(Calls::url).toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      return all.stream().filter(call -> !isIn(loader, call)).toList();
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isIn(ClassLoader loader, String call) {
    Matcher parts = PARTS.matcher(call);
    if (!parts.matches()) {
      throw new AssertionError(call);
    }
    try {
      Class<?> owner = Class.forName(parts.group(1).replace('/', '.'), false, loader);
      return has(owner, parts.group(2), parts.group(3), loader);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean has(Class<?> owner, String name, String descriptor, ClassLoader loader) {
    boolean field = !descriptor.startsWith("(");
    MethodType type =
        MethodType.fromMethodDescriptorString(field ? "()" + descriptor : descriptor, loader);
    if (name.equals("<init>")) {
      return Arrays.stream(owner.getDeclaredConstructors())
          .anyMatch(c -> type.parameterList().equals(List.of(c.getParameterTypes())));
    }
    boolean here =
        field
            ? Arrays.stream(owner.getDeclaredFields())
                .anyMatch(f -> f.getName().equals(name) && f.getType() == type.returnType())
            : Arrays.stream(owner.getDeclaredMethods())
                .anyMatch(
                    m ->
                        m.getName().equals(name)
                            && m.getReturnType() == type.returnType()
                            && type.parameterList().equals(List.of(m.getParameterTypes())));
    List<Class<?>> above = new ArrayList<>(Arrays.asList(owner.getInterfaces()));
    if (owner.getSuperclass() != null) {
      above.add(owner.getSuperclass());
    }
    return here || above.stream().anyMatch(each -> has(each, name, descriptor, loader));
  }
}
