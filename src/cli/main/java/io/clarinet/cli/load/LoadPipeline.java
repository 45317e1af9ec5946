package io.clarinet.cli.load;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/** HTTP/1.1 below a client, over TLS where its server wants that. */
final class LoadPipeline extends ChannelInitializer<SocketChannel> {
  private static final int LARGEST = 256 << 20;

  private final Address address;
  private final LoadClient client;

  LoadPipeline(Address address, LoadClient client) {
    this.address = address;
    this.client = client;
  }

  @Override
  protected void initChannel(SocketChannel channel) throws SSLException {
    if (address.isTls()) {
      channel
          .pipeline()
          .addLast(
              SslContextBuilder.forClient()
                  .build()
                  .newHandler(channel.alloc(), address.host(), address.port()));
    }
    channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), client);
  }
}
