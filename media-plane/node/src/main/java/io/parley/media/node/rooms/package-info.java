/**
 * The rooms of one node: joins offers, transport and forwarding. Every room lives on one shard, and all that happens to
 * it happens on that shard's thread.
 *
 * <p>Start at {@link io.parley.media.node.rooms.MediaRooms}, then {@link io.parley.media.node.rooms.RoomShard}.
 */
@NullMarked
package io.parley.media.node.rooms;

import org.jspecify.annotations.NullMarked;
