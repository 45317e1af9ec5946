package io.clarinet.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies of {@code multipart/form-data} (RFC 7578), in memory. */
public final class Multipart {
  private Multipart() {}

  /**
   * A field of a form, or a file.
   *
   * @param name of the field
   * @param file name that the client gave it; empty if none
   */
  public record Part(String name, String file, ByteBuffer content) {}

  /**
   * The parts of a body in their order.
   *
   * @param most parts that are taken
   * @throws StatusException 400 if it is no such body, or has more parts
   */
  public static List<Part> parts(Request request, int most) {
    DefaultFullHttpRequest message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            request.path(),
            Unpooled.wrappedBuffer(request.body().duplicate()));
    message.headers().set(HttpHeaderNames.CONTENT_TYPE, request.header("Content-Type"));
    List<Part> parts = new ArrayList<>();
    HttpPostMultipartRequestDecoder decoder = null;
    try {
      decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), message);
      for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
        if (parts.size() == most) {
          throw new StatusException(400, "a form has at most " + most + " parts");
        }
        if (data instanceof HttpData known) {
          String file =
              known instanceof io.netty.handler.codec.http.multipart.FileUpload upload
                  ? upload.getFilename()
                  : "";
          parts.add(new Part(known.getName(), file, ByteBuffer.wrap(known.get())));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof StatusException known
          ? known
          : new StatusException(400, "the body is no multipart/form-data");
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
    return parts;
  }
}
