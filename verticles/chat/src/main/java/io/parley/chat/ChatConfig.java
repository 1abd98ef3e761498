package io.parley.chat;

import io.parley.kernel.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * How chat runs.
 *
 * @param instances verticles, each with its own group commit
 * @param batchMax sends in one transaction
 * @param batchesInFlight transactions of sends that one verticle has open at once
 * @param answerLimit how long the database may take for one command
 * @param idempotencyKept how long answers of effects are kept by key
 * @param inboxKept how long events of "me:" streams are kept
 * @param maintenance how often partitions are made and old rows removed
 * @param cursorKey signs cursors; absent = the cluster's own, made once in the database
 */
public record ChatConfig(
        int instances,
        int batchMax,
        int batchesInFlight,
        Duration answerLimit,
        Duration idempotencyKept,
        Duration inboxKept,
        Duration maintenance,
        Optional<String> cursorKey,
        TypeRegistry types) {

    static ChatConfig from(Settings settings) {
        return new ChatConfig(
                settings.small("chat.instances", 1, 1, 64, "chat verticles in this process"),
                settings.small("chat.batch.max", 256, 1, 4_096, "sends in one transaction"),
                settings.small("chat.batch.in-flight", 2, 1, 16, "open transactions of sends per verticle"),
                settings.duration(
                        "chat.answer-limit",
                        Duration.ofSeconds(4),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "how long the database may take for one command"),
                settings.duration(
                        "chat.idempotency-kept",
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        "how long the same key gets the same answer"),
                settings.duration(
                        "chat.inbox-kept",
                        Duration.ofDays(30),
                        Duration.ofHours(1),
                        Duration.ofDays(3_650),
                        "how long events of personal streams are kept"),
                settings.duration(
                        "chat.maintenance",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        "how often partitions are made and old rows removed"),
                settings.secret("chat.cursor-key", "signs cursors; by default a key made once in the database"),
                TypeRegistry.from(settings));
    }
}
