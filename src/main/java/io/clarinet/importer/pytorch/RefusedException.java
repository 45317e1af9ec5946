package io.clarinet.importer.pytorch;

import java.io.IOException;

/** A refusal, by name, of an object that no dictionary of tensors needs. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_NAME = 120;

  /**
   * @param name of the type, function or opcode, as the file has it
   */
  RefusedException(String name) {
    super(
        "refused: "
            + printable(name)
            + "; clarinet reads only tensor dictionaries: save with"
            + " torch.save(model.state_dict(), ...)");
  }

  private static String printable(String name) {
    String some = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    return some.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
