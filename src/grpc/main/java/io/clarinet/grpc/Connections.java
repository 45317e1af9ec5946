package io.clarinet.grpc;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections; calls of those that are too many are refused. */
final class Connections extends ServerTransportFilter {
  private static final Attributes.Key<Boolean> TOO_MANY = Attributes.Key.create("too-many");

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  Connections(int most) {
    this.most = most;
  }

  /** Whether a call's connection is one too many. */
  static boolean areTooMany(ServerCall<?, ?> call) {
    return Boolean.TRUE.equals(call.getAttributes().get(TOO_MANY));
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    return transport.toBuilder().set(TOO_MANY, open.incrementAndGet() > most).build();
  }

  @Override
  public void transportTerminated(Attributes transport) {
    open.decrementAndGet();
  }
}
