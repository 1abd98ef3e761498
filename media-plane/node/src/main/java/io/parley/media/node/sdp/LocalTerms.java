package io.parley.media.node.sdp;

import io.parley.media.transport.Candidate;
import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.IceCredentials;
import java.util.List;

/**
 * Our side of an exchange.
 *
 * @param firstSsrc of the receive slots: slot {@code n} has {@code firstSsrc + 2 n}, its RTX the one behind it
 * @param version rises with each answer of a session, from 1
 */
public record LocalTerms(
        IceCredentials ice, Fingerprint fingerprint, List<Candidate> candidates, int firstSsrc, int version) {
    public LocalTerms {
        candidates = List.copyOf(candidates);
    }

    /** The terms of the next answer in the same session, which restarts ICE. */
    public LocalTerms restarted(IceCredentials renewed) {
        return new LocalTerms(renewed, fingerprint, candidates, firstSsrc, version + 1);
    }
}
