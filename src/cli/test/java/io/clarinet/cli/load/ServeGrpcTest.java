package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.grpc.proto.ServerReadyRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --grpc-port} in a process of its own. */
class ServeGrpcTest {
  @TempDir Path folder;

  @Test
  void theServerAnswersOverGrpcWhereItSaysThatItDoes() throws Exception {
    try (ServeProcess server =
        ServeProcess.start(folder.resolve("log"), "--device", "cpu", "--grpc-port", "0")) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.grpc(), InsecureChannelCredentials.create()).build();
      try {
        GRPCInferenceServiceBlockingStub client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
