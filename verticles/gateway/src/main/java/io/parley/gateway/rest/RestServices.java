package io.parley.gateway.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.gateway.command.Commands;
import io.parley.gateway.limit.Admission;
import io.parley.gateway.session.Authenticator;
import io.parley.gateway.session.GuestSessions;
import io.parley.gateway.session.Ids;
import io.parley.schema.Clock;
import io.vertx.core.Vertx;

/** What every REST request shares. */
public record RestServices(
        Vertx vertx,
        Authenticator authenticator,
        Admission admission,
        GuestSessions guests,
        Commands commands,
        Ids ids,
        Clock clock,
        MeterRegistry meters,
        RestConfig config) {}
