package io.clarinet.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signatures of types and of their members that others can reach, a line each. */
final class Signatures {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  /** The JDK's packages, which need no saying, and ours up to where they differ. */
  private static final Pattern KNOWN =
      Pattern.compile("\\b(?:java(?:\\.[a-z]+)+|io\\.clarinet)\\.");

  private static final Pattern COMMA = Pattern.compile(",(?! )");

  private Signatures() {}

  /** A type, its members in alphabetical order, and the types in it; then the next type. */
  static List<String> of(List<Class<?>> types) {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types) {
      lines.add(declaration(type));
      members(type).map(Signatures::line).sorted().forEach(line -> lines.add("  " + line));
      lines.addAll(of(nested(type)));
    }
    return lines;
  }

  /** The types in a type that others can reach. */
  static List<Class<?>> nested(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .filter(inner -> reachable(inner.getModifiers()))
        .sorted(Comparator.comparing(Class::getName))
        .collect(Collectors.toList());
  }

  /** The members of a type's own that others can reach, without those of every object or enum. */
  static Stream<Member> members(Class<?> type) {
    Stream<Member> all =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    return all.filter(member -> reachable(member.getModifiers()) && !member.isSynthetic())
        .filter(member -> !(member instanceof Method method && isUsual(type, method)));
  }

  private static boolean reachable(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isUsual(Class<?> type, Method method) {
    return OF_EVERY_OBJECT.contains(method.getName())
        || (type.isEnum() && OF_EVERY_ENUM.contains(method.getName()));
  }

  private static String declaration(Class<?> type) {
    String above =
        parents(type).stream().map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
    String modifiers = Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE);
    String text = modifiers + (type.isSealed() ? " sealed " : " ") + kind(type) + type.getName();
    return shortened(above.isEmpty() ? text : text + " : " + above);
  }

  private static String kind(Class<?> type) {
    if (type.isInterface()) {
      return "interface ";
    }
    if (type.isRecord()) {
      return "record ";
    }
    return type.isEnum() ? "enum " : "class ";
  }

  /** The types that a type extends and implements, without those that its kind says. */
  static List<Type> parents(Class<?> type) {
    List<Type> parents = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent != Object.class && parent != Record.class && !type.isEnum()) {
      parents.add(type.getGenericSuperclass());
    }
    return parents;
  }

  private static String line(Member member) {
    String owner = member.getDeclaringClass().getTypeName() + ".";
    String text =
        member instanceof Field field
            ? field.toGenericString() + value(field)
            : ((Executable) member).toGenericString();
    String shorter =
        member instanceof Constructor
            ? text
            : text.replace(owner + member.getName(), member.getName());
    return shortened(shorter);
  }

  private static String shortened(String text) {
    String plain = KNOWN.matcher(text.replace('$', '.')).replaceAll("");
    return COMMA.matcher(plain).replaceAll(", ");
  }

  /** The value of a constant, which compilers copy. */
  private static String value(Field field) {
    boolean constant =
        Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
    try {
      return constant && (field.getType().isPrimitive() || field.getType() == String.class)
          ? " = " + field.get(null)
          : "";
    } catch (IllegalAccessException e) {
      return "";
    }
  }
}
