/**
 * Rooms: who publishes, who receives what, and how packets get from the one to the others.
 *
 * <p>Start at {@link io.parley.media.sfu.room.Room}. All of a room happens on one thread, that of the shard its peers
 * are on: create it anywhere, then call it there only. On that thread, per turn: {@code room.onRtp} and
 * {@code room.onRtcp} for each packet that came, {@code room.turn} once behind them and when it asks to be called.
 *
 * <pre>{@code
 * var room = new Room(RoomOptions.of("room-1", wallMillis, shard.nowNanos(), random), events);
 * shard.eachTurn(room::turn);
 * var anna = room.join(new ParticipantOptions("anna", Role.VIEWER, payloadTypes, extensionMap, sink, slots));
 * room.publish(anna, new PublicationOptions("anna-camera", SourceKind.CAMERA, "1", encodings));
 * room.wish(anna, Wishes.DEFAULT.stage("ben-screen").lastN(9));
 * room.leave(anna, shard.nowNanos());
 * }</pre>
 */
@NullMarked
package io.parley.media.sfu.room;

import org.jspecify.annotations.NullMarked;
