package io.parley.media.node.control;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollChannelOption;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** Makes the channel to the control plane. */
final class ControlChannels {
    private ControlChannels() {}

    /** Throws IllegalArgumentException, with a sentence for the operator, when the TLS files cannot be used. */
    static ManagedChannel open(ControlAddress address, Executor executor) {
        var builder = NettyChannelBuilder.forAddress(address.host(), address.port())
                .executor(executor)
                .maxInboundMessageSize(Limits.FRAME_BYTES);
        if (Epoll.isAvailable()) { // else a host that vanished is noticed when the system gives up, minutes later
            builder.withOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) Limits.UNACKNOWLEDGED.toMillis());
        }
        if (address.tls().isEmpty()) {
            return builder.usePlaintext().build();
        }
        var files = address.tls().get();
        try {
            return builder.sslContext(GrpcSslContexts.forClient()
                            .keyManager(
                                    files.certificate().toFile(), files.key().toFile())
                            .trustManager(files.authorities().toFile())
                            .build())
                    .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "the TLS files of the control plane cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
