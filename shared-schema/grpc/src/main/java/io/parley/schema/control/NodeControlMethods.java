package io.parley.schema.control;

import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.control.v1.NodeFrame;

/** The methods of the gRPC service {@code parley.control.v1.NodeControl}, for both of its sides. */
public final class NodeControlMethods {
    /** As in the contract. */
    public static final String SERVICE = "parley.control.v1.NodeControl";

    /** The one stream of a node: frames of the node up, commands down. */
    public static final MethodDescriptor<NodeFrame, ControlFrame> ATTACH =
            MethodDescriptor.<NodeFrame, ControlFrame>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Attach"))
                    .setRequestMarshaller(ProtoUtils.marshaller(NodeFrame.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(ControlFrame.getDefaultInstance()))
                    .build();

    private NodeControlMethods() {}
}
