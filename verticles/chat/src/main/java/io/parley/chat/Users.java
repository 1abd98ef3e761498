package io.parley.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.chat.domain.Actor;
import io.parley.chat.store.PgUsers;
import io.parley.schema.Limits;
import io.vertx.core.Future;

/** Makes sure that who acts exists: the first command of a user writes them down, later ones find them remembered. */
final class Users {
    private final ChatParts parts;
    private final Cache<Actor, Boolean> known =
            Caffeine.newBuilder().maximumSize(Limits.CHAT_KNOWN_USERS_MAX).build();

    Users(ChatParts parts) {
        this.parts = parts;
    }

    Future<Void> ensure(Actor actor) {
        if (known.getIfPresent(actor) != null) {
            return Future.succeededFuture();
        }
        return parts.transactions()
                .read(sql -> PgUsers.signIn(sql, actor, parts.clock().wallMillis()))
                .onSuccess(_ -> known.put(actor, true));
    }
}
