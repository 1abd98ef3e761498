package io.parley.signaling;

import io.parley.kernel.config.Settings;
import java.time.Duration;

/**
 * How signaling runs.
 *
 * @param participantLimit of a room whose creator names none
 * @param answerLimit how long a store may take for one command
 * @param focusLimit how long placing and answering may take
 * @param roomKept how long who is in a room, and its newest events, are kept after the last change
 */
public record SignalingConfig(int participantLimit, Duration answerLimit, Duration focusLimit, Duration roomKept) {
    static SignalingConfig from(Settings settings) {
        return new SignalingConfig(
                settings.small(
                        "signaling.participant-limit", 100, 1, 10_000, "participants of a room that names no limit"),
                settings.duration(
                        "signaling.answer-limit",
                        Duration.ofSeconds(4),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "how long the database may take for one command"),
                settings.duration(
                        "signaling.focus-limit",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "how long a media node may take to answer an offer"),
                settings.duration(
                        "signaling.room-kept",
                        Duration.ofDays(7),
                        Duration.ofMinutes(1),
                        Duration.ofDays(365),
                        "how long the live state of a room is kept after its last change"));
    }
}
