package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgUsers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetUsers;
import io.parley.schema.v1.UpdateMe;
import io.parley.schema.v1.User;
import io.parley.schema.v1.UserResult;
import io.parley.schema.v1.Users;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Profiles: the caller's own to change, everybody's in the tenant to see. */
final class UserCommands {
    private final ChatParts parts;

    UserCommands(ChatParts parts) {
        this.parts = parts;
    }

    Future<UserResult> me(Actor actor) {
        return parts.transactions()
                .read(sql -> PgUsers.find(sql, List.of(actor.user())))
                .map(found -> Optional.ofNullable(found.get(actor.user())))
                .map(UserCommands::result);
    }

    Future<UserResult> update(Work work, UpdateMe command) {
        return PgUsers.update(
                        work.sql(),
                        work.actor().user(),
                        command.hasName() ? Optional.of(command.getName()) : Optional.empty(),
                        command.hasImageUrl() ? Optional.of(command.getImageUrl()) : Optional.empty(),
                        command.hasCustom() ? Optional.of(command.getCustom().toByteArray()) : Optional.empty())
                .map(profile -> {
                    UserResult result = result(profile);
                    work.tellSelf(Events.userUpdated(result.getUser()));
                    return result;
                });
    }

    /** In the order of asking; unknown ids are left out. */
    Future<Users> get(Actor actor, GetUsers command) {
        List<UserKey> asked = command.getUserIdsList().stream()
                .map(id -> new UserKey(actor.tenant(), id))
                .toList();
        return parts.transactions().read(sql -> PgUsers.find(sql, asked)).map(found -> {
            List<User> users = asked.stream()
                    .filter(found::containsKey)
                    .map(found::get)
                    .map(ChatWire::user)
                    .toList();
            return Users.newBuilder().addAllUsers(users).build();
        });
    }

    private static UserResult result(Optional<Profile> profile) {
        return UserResult.newBuilder()
                .setUser(ChatWire.user(profile.orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND))))
                .build();
    }
}
