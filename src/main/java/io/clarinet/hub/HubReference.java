package io.clarinet.hub;

import io.clarinet.file.RegularFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model of a hub: {@code hf:OWNER/NAME[@REVISION][:FILE]}.
 *
 * @param owner a user or an organisation
 * @param name of its repository
 * @param revision a branch, a tag, or a commit by its 40 digits
 * @param file the one file to load, by its path in the repository; null for the best that it has
 */
public record HubReference(String owner, String name, String revision, @Nullable String file) {
  private static final String SCHEME = "hf:";
  private static final String MAIN = "main";
  private static final Pattern FORM = Pattern.compile("([^/@:]+)/([^/@:]+)(?:@([^:]+))?(?::(.+))?");
  private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,95}");

  /** Whether a text is meant as one: it begins with {@code hf:}, and no file has this name. */
  public static boolean isOne(String text) {
    return text.startsWith(SCHEME) && !RegularFile.exists(text);
  }

  /**
   * Reads a reference.
   *
   * @throws HubException saying which part is wrong
   */
  public static HubReference parse(String text) throws HubException {
    Matcher form = FORM.matcher(text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "");
    if (!form.matches()) {
      throw wrong(text, "no model of a hub");
    }
    String revision = form.group(3) == null ? MAIN : form.group(3);
    HubReference parsed = new HubReference(form.group(1), form.group(2), revision, form.group(4));
    if (!isName(parsed.owner) || !isName(parsed.name)) {
      throw wrong(text, "owner and name are letters, digits, points, hyphens and underscores");
    }
    if (!HubPath.isSafe(revision)) {
      throw wrong(text, "\"" + revision + "\" is no revision");
    }
    if (parsed.file != null && !HubPath.isSafe(parsed.file)) {
      throw wrong(text, "\"" + parsed.file + "\" is no path in a repository");
    }
    return parsed;
  }

  private static boolean isName(String part) {
    return NAME.matcher(part).matches() && !part.contains("..") && !part.contains("--");
  }

  private static HubException wrong(String text, String reason) {
    return new HubException(
        HubException.Kind.SYNTAX,
        text + ": " + reason + "; write hf:OWNER/NAME, then @REVISION and :FILE where need be");
  }

  /** This model at another revision. */
  public HubReference at(String other) throws HubException {
    return parse(new HubReference(owner, name, other, file).toString());
  }

  /** Owner and name, as the hub writes them. */
  public String repository() {
    return owner + "/" + name;
  }

  /** Whether the revision is a commit, whose files never change. */
  boolean isPinned() {
    return HubPath.isCommit(revision);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return SCHEME
        + repository()
        + (revision.equals(MAIN) ? "" : "@" + revision)
        + (file == null ? "" : ":" + file);
  }
}
