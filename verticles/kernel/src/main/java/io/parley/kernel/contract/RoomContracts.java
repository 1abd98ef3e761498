package io.parley.kernel.contract;

import io.parley.kernel.bus.Request;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.bus.v1.RoomReport;
import io.parley.schema.v1.Done;

/** What signaling and the focus in the control plane say to each other about rooms. */
public final class RoomContracts {
    /** The role whose nodes serve {@link #FOCUS}, each at its own address. */
    public static final String CONTROL_ROLE = "control";

    /** Places participants on media nodes and carries their session descriptions. Refusals are answers. */
    public static final Request<FocusCommand, FocusOutcome> FOCUS = new Request<>(
            "control.focus.execute", FocusCommand.getDefaultInstance(), FocusOutcome.getDefaultInstance());

    /** What media nodes say of rooms, one by one in the order of each node; served by every signaling node. */
    public static final Request<RoomReport, Done> REPORT =
            new Request<>("signaling.room.event", RoomReport.getDefaultInstance(), Done.getDefaultInstance());

    private RoomContracts() {}
}
