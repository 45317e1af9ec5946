/** The Open Inference Protocol, version 2, over gRPC. */
@NullMarked
package io.clarinet.grpc;

import org.jspecify.annotations.NullMarked;
