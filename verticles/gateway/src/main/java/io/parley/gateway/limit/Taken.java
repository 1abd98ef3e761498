package io.parley.gateway.limit;

import java.util.List;

/**
 * What one try to take tokens gave.
 *
 * @param revokedBeforeMillis tokens issued before this are refused; 0 = no revocation
 * @param waitMillis 0 = granted; else nothing was taken, and before this time nothing can be
 * @param remaining whole tokens left, per policy
 */
record Taken(long revokedBeforeMillis, long waitMillis, List<Integer> remaining) {}
