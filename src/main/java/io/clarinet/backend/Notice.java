package io.clarinet.backend;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Messages that must reach the user even where the host application logs nothing. */
public final class Notice {
  private Notice() {}

  /** Logs a warning; a line on standard error where SLF4J has no provider. */
  public static void say(Logger log, String text) {
    if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
      System.err.println("clarinet: " + text);
    } else {
      log.warn(text);
    }
  }
}
