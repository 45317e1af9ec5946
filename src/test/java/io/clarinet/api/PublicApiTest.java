package io.clarinet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.clarinet.Model;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API is what {@code src/docs/public-api.md} lists, changed on purpose only. */
class PublicApiTest {
  private static final Path FILE = Path.of("src", "docs", "public-api.txt");
  private static final String COMMAND =
      "mvn -q -pl src test -Dtest=PublicApiTest -Dclarinet.api=write";

  @Test
  void theSignaturesAreThoseWrittenDown() throws Exception {
    List<String> now = Signatures.of(PublicTypes.listed());
    if ("write".equals(System.getProperty("clarinet.api"))) {
      Files.write(FILE, now);
    }
    List<String> written = Files.readAllLines(FILE);
    String difference = difference(written, now);
    if (!difference.isEmpty()) {
      fail(
          "the public API is not what %s says:%n%sif that is meant: %s"
              .formatted(FILE, difference, COMMAND));
    }
    assertThat(now).isEqualTo(written);
  }

  /** The lines of one that the other has not, below the type that they belong to. */
  private static String difference(List<String> written, List<String> now) {
    Set<String> before = named(written);
    Set<String> after = named(now);
    StringBuilder text = new StringBuilder();
    before.stream()
        .filter(line -> !after.contains(line))
        .forEach(l -> text.append("- " + l + '\n'));
    after.stream()
        .filter(line -> !before.contains(line))
        .forEach(l -> text.append("+ " + l + '\n'));
    return text.toString();
  }

  private static Set<String> named(List<String> lines) {
    Set<String> named = new TreeSet<>();
    String type = "";
    for (String line : lines) {
      type = line.startsWith(" ") ? type : line;
      named.add(line.startsWith(" ") ? type + ": " + line.strip() : line);
    }
    return named;
  }

  @Test
  void listedTypesArePublicAndTheRootPackageIsAllListed() throws Exception {
    List<Class<?>> listed = PublicTypes.listed();
    assertThat(listed).allMatch(type -> Modifier.isPublic(type.getModifiers()));
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed).containsAll(publicTypesOf(Model.class));
  }

  /** The public top-level types beside a type. */
  private static List<Class<?>> publicTypesOf(Class<?> one) throws Exception {
    Path classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = one.getPackageName().replace('.', '/');
    List<Class<?>> types = new ArrayList<>();
    for (String name : namesIn(classes.resolve(folder))) {
      Class<?> type = Class.forName(one.getPackageName() + "." + name, false, one.getClassLoader());
      if (Modifier.isPublic(type.getModifiers())) {
        types.add(type);
      }
    }
    return types;
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && name.indexOf('$') < 0)
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .filter(name -> !name.contains("-"))
          .toList();
    }
  }

  @Test
  void noSignatureHasATypeThatIsNotListed() throws Exception {
    Set<Class<?>> listed = new HashSet<>(withNested(PublicTypes.listed()));
    Set<String> leaks = new TreeSet<>();
    for (Class<?> type : listed) {
      Signatures.parents(type).forEach(parent -> leak(parent, type, listed, leaks));
      Signatures.members(type)
          .forEach(member -> types(member).forEach(used -> leak(used, member, listed, leaks)));
    }
    assertThat(leaks).isEmpty();
  }

  private static List<Class<?>> withNested(List<Class<?>> types) {
    List<Class<?>> all = new ArrayList<>(types);
    types.forEach(type -> all.addAll(withNested(Signatures.nested(type))));
    return all;
  }

  private static Stream<Type> types(Member member) {
    if (member instanceof Field field) {
      return Stream.of(field.getGenericType());
    }
    Executable called = (Executable) member;
    Stream<Type> result =
        called.getAnnotatedReturnType() == null
            ? Stream.of()
            : Stream.of(called.getAnnotatedReturnType().getType());
    return Stream.of(
            Stream.of(called.getGenericParameterTypes()),
            Stream.of(called.getGenericExceptionTypes()),
            result)
        .flatMap(types -> types);
  }

  private static void leak(Type used, Object where, Set<Class<?>> listed, Set<String> leaks) {
    if (used instanceof Class<?> type) {
      Class<?> element = type.isArray() ? type.getComponentType() : type;
      if (element.getName().startsWith("io.clarinet.") && !listed.contains(element)) {
        leaks.add(element.getName() + " by " + where);
      }
    } else if (used instanceof ParameterizedType type) {
      leak(type.getRawType(), where, listed, leaks);
      Stream.of(type.getActualTypeArguments()).forEach(t -> leak(t, where, listed, leaks));
    } else if (used instanceof WildcardType type) {
      Stream.of(type.getUpperBounds()).forEach(t -> leak(t, where, listed, leaks));
      Stream.of(type.getLowerBounds()).forEach(t -> leak(t, where, listed, leaks));
    } else if (used instanceof GenericArrayType type) {
      leak(type.getGenericComponentType(), where, listed, leaks);
    }
  }
}
