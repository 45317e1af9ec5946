package io.clarinet.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the hub says of a repository at a revision.
 *
 * @param commit what the revision stands for
 * @param names of all its files that may be written to disk
 * @param files of these the ones with a size and a checksum
 */
record HubListing(String commit, Set<String> names, Map<String, HubFile> files) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_FILES = 100_000;

  /** Reads the answer of {@code /api/models/OWNER/NAME/revision/REVISION?blobs=true}. */
  static HubListing read(HubReference model, InputStream answer) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      return new Reader(model).read(json);
    } catch (JacksonException e) {
      throw invalid(model, "no sound JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static HubException invalid(HubReference model, String what) {
    return new HubException(
        HubException.Kind.INVALID,
        model + ": the hub's answer is " + what + "; does HF_ENDPOINT name a hub?");
  }

  /** The file of a name; empty if the repository has none that can be checked. */
  Optional<HubFile> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static final class Reader {
    private final HubReference model;
    private final Map<String, HubFile> files = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private String commit = "";

    Reader(HubReference model) {
      this.model = model;
    }

    HubListing read(JsonParser json) throws IOException {
      require(json.nextToken() == JsonToken.START_OBJECT, "no JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (key.equals("sha") && value == JsonToken.VALUE_STRING) {
          commit = json.getText();
        } else if (key.equals("siblings") && value == JsonToken.START_ARRAY) {
          siblings(json);
        } else {
          json.skipChildren();
        }
      }
      require(HubPath.isCommit(commit), "without a commit");
      return new HubListing(commit, names, files);
    }

    private void siblings(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        sibling(json);
        require(names.size() <= MOST_FILES, "a list of more than " + MOST_FILES + " files");
      }
    }

    /** Names that would lead elsewhere are left out: nothing that is wanted has such a one. */
    private void sibling(JsonParser json) throws IOException {
      Entry entry = new Entry();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (key.equals("lfs") && value == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String inner = json.currentName();
            entry.take(inner, json.nextToken(), json);
          }
        } else {
          entry.take(key, value, json);
        }
      }
      if (entry.name != null && HubPath.isSafe(entry.name)) {
        names.add(entry.name);
        entry.file().ifPresent(file -> files.put(file.name(), file));
      }
    }

    private void require(boolean sound, String what) throws HubException {
      if (!sound) {
        throw invalid(model, what);
      }
    }
  }

  /** A file as it is read; what its {@code lfs} says comes last, and holds. */
  private static final class Entry {
    private @Nullable String name;
    private @Nullable String sha1;
    private @Nullable String sha256;
    private long size = -1;

    void take(String key, JsonToken value, JsonParser json) throws IOException {
      if (value == JsonToken.VALUE_STRING) {
        switch (key) {
          case "rfilename" -> name = json.getText();
          case "blobId" -> sha1 = json.getText();
          case "sha256", "oid" -> sha256 = json.getText();
          default -> {}
        }
      } else if (value == JsonToken.VALUE_NUMBER_INT && key.equals("size")) {
        size = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }

    Optional<HubFile> file() {
      String digest = sha256 != null ? sha256 : sha1;
      return name == null || digest == null || size < 0 || !HubPath.isDigest(digest)
          ? Optional.empty()
          : Optional.of(new HubFile(name, size, digest));
    }
  }
}
