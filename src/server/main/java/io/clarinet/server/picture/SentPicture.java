package io.clarinet.server.picture;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.image.ImageException;
import io.clarinet.image.Picture;
import io.clarinet.server.http.Multipart;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.http.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A picture as a client sent it.
 *
 * @param name that the client gave it, or its number from 0 on
 * @param content of its file
 */
record SentPicture(String name, ByteBuffer content) {
  private static final int MOST = 64;

  /**
   * The pictures of a request: one by itself, the files of a form, or {@code {"images": […]}} in
   * base64.
   *
   * @throws StatusException 400 if there is none, or too many; 415 for a body of another kind
   */
  static List<SentPicture> of(Request request) {
    String type = request.header("Content-Type");
    String kind = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    List<SentPicture> pictures =
        switch (kind) {
          case "multipart/form-data" -> form(request);
          case "application/json" -> json(request.bytes());
          default -> alone(kind, request);
        };
    if (pictures.isEmpty()) {
      throw new StatusException(400, "the request has no picture");
    }
    return pictures;
  }

  /**
   * The picture.
   *
   * @throws StatusException 400, in words that name no file of this machine, if it cannot be read
   */
  Picture picture() {
    try {
      return Picture.read(content.array());
    } catch (ImageException e) {
      throw new StatusException(400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StatusException(400, "the picture cannot be read");
    }
  }

  private static List<SentPicture> alone(String kind, Request request) {
    boolean known =
        kind.isEmpty()
            || kind.startsWith("image/")
            || kind.equals("application/octet-stream")
            || kind.equals("application/x-www-form-urlencoded");
    if (!known) {
      throw new StatusException(
          415, "a picture comes as image/…, as multipart/form-data, or as JSON in base64");
    }
    return request.body().hasRemaining()
        ? List.of(new SentPicture("0", ByteBuffer.wrap(request.bytes())))
        : List.of();
  }

  private static List<SentPicture> form(Request request) {
    List<SentPicture> pictures = new ArrayList<>();
    for (Multipart.Part part : Multipart.parts(request, MOST)) {
      String name = part.file().isEmpty() ? Integer.toString(pictures.size()) : part.file();
      pictures.add(new SentPicture(name, part.content()));
    }
    return pictures;
  }

  private static List<SentPicture> json(byte[] body) {
    List<SentPicture> pictures = new ArrayList<>();
    for (JsonNode image : images(body)) {
      if (pictures.size() == MOST || !image.isTextual()) {
        throw new StatusException(400, "images is a list of at most " + MOST + " texts in base64");
      }
      pictures.add(
          new SentPicture(
              Integer.toString(pictures.size()), ByteBuffer.wrap(decoded(image.asText()))));
    }
    return pictures;
  }

  private static JsonNode images(byte[] body) {
    try {
      JsonNode images = StrictJson.mapper().readTree(body).path("images");
      if (images.isArray()) {
        return images;
      }
    } catch (IOException e) {
      throw new StatusException(400, "the body is no JSON");
    }
    throw new StatusException(400, "a JSON body has its pictures as {\"images\": [\"…\"]}");
  }

  private static byte[] decoded(String text) {
    String base64 = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new StatusException(400, "an image is no base64");
    }
  }
}
