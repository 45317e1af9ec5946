package io.clarinet.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as 800M or 4G; the letters are powers of 1024. */
final class MemorySize implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT]?)B?");

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size such as 800M or 4G");
    }
    int power = " KMGT".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
    long number = Long.parseLong(size.group(1));
    if (number == 0 || number > Long.MAX_VALUE >> (10 * power)) {
      throw new TypeConversionException("'" + text + "' is no size that a memory has");
    }
    return number << (10 * power);
  }
}
