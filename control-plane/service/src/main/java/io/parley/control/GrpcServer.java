package io.parley.control;

import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.parley.schema.control.NodeControlMethods;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.NodeFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Opens the port that media nodes attach to; with TLS, only to those who show a certificate of our authority. */
final class GrpcServer {
    /** An offer and its neighbours; more is no frame of ours. */
    private static final int FRAME_BYTES_MAX = 1 << 20;

    private static final long KEEPALIVE_SECONDS = 5;

    private GrpcServer() {}

    static Server start(ControlConfig config, ServerCallHandler<NodeFrame, ControlFrame> streams) throws IOException {
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .maxInboundMessageSize(FRAME_BYTES_MAX)
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .addService(ServerServiceDefinition.builder(NodeControlMethods.SERVICE)
                        .addMethod(NodeControlMethods.ATTACH, streams)
                        .build());
        if (config.tls().isPresent()) {
            secure(builder, config.tls().get());
        }
        return builder.build().start();
    }

    private static void secure(NettyServerBuilder builder, ControlConfig.Tls tls) throws SSLException {
        builder.sslContext(
                GrpcSslContexts.forServer(tls.certificate().toFile(), tls.key().toFile())
                        .trustManager(tls.clientAuthority().toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build());
    }
}
