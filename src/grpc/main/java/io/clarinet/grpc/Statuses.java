package io.clarinet.grpc;

import io.clarinet.server.http.StatusException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as gRPC tells them, and its statuses as HTTP would. */
final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /** What a client is told of a failure; one that nobody foresaw goes to the log only. */
  static Status of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof StatusException known) {
      return code(known.status()).toStatus().withDescription(known.getMessage());
    }
    if (cause instanceof StatusRuntimeException known) {
      return known.getStatus();
    }
    LOG.error("a call failed", cause);
    return Status.INTERNAL.withDescription("the call failed; the server's log tells why");
  }

  private static Status.Code code(int status) {
    return switch (status) {
      case 400 -> Status.Code.INVALID_ARGUMENT;
      case 401 -> Status.Code.UNAUTHENTICATED;
      case 403 -> Status.Code.PERMISSION_DENIED;
      case 404 -> Status.Code.NOT_FOUND;
      case 408 -> Status.Code.DEADLINE_EXCEEDED;
      case 413, 429 -> Status.Code.RESOURCE_EXHAUSTED;
      case 499 -> Status.Code.CANCELLED;
      case 503 -> Status.Code.UNAVAILABLE;
      default -> Status.Code.INTERNAL;
    };
  }

  /** The status that HTTP has for it. */
  static int http(Status status) {
    return switch (status.getCode()) {
      case OK -> 200;
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case DEADLINE_EXCEEDED -> 408;
      case UNAVAILABLE -> 503;
      default -> 500;
    };
  }
}
