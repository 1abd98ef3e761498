package io.parley.gateway.socket;

import io.parley.gateway.command.Commands;
import io.parley.gateway.limit.Admission;
import io.parley.gateway.session.Authenticator;
import io.parley.gateway.session.Ids;
import io.parley.gateway.streams.Streams;
import io.parley.schema.Clock;

/** What every socket of a node shares. */
public record SocketServices(
        Authenticator authenticator,
        Admission admission,
        Commands commands,
        Streams streams,
        Census census,
        Ids ids,
        Clock clock,
        SocketLimits limits,
        SocketMeters meters) {}
