package io.clarinet.train;

/** The 36 classes, in the order of the network's outputs: digits, then capital letters. */
final class Labels {
  static final String ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final int COUNT = ALL.length();
  static final int DIGITS = 10;

  private Labels() {}

  static char name(int label) {
    return ALL.charAt(label);
  }

  static int index(char name) {
    int index = ALL.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("'" + name + "' is not one of " + ALL);
    }
    return index;
  }
}
