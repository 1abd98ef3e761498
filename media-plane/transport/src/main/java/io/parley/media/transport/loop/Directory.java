package io.parley.media.transport.loop;

import io.parley.media.transport.dtls.DtlsIdentity;
import io.parley.media.transport.ice.UfragTable;
import io.parley.media.transport.srtp.Crypto;
import java.util.List;

/** What all shards of a node share: who is expected, who we are, how we encrypt, and each other. */
record Directory(
        UfragTable<PeerSession> expected,
        AddressTable<PeerSession> addresses,
        DtlsIdentity identity,
        Crypto crypto,
        List<ShardLoop> shards) {}
