package io.parley.chat;

import io.parley.chat.api.Streams;
import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgInbox;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for the inboxes of users, gathered during a transaction and appended at its end. */
final class Notes {
    private record Note(UserKey user, Push.Builder event, Optional<MessageRef> about) {}

    private final String epoch;
    private final long atMillis;
    private final List<Note> notes = new ArrayList<>();

    Notes(String epoch, long atMillis) {
        this.epoch = epoch;
        this.atMillis = atMillis;
    }

    void add(UserKey user, Push.Builder event) {
        notes.add(new Note(user, event, Optional.empty()));
    }

    void mention(UserKey user, Push.Builder event, MessageRef message) {
        notes.add(new Note(user, event, Optional.of(message)));
    }

    /** Gives what is to be published after the commit. */
    Future<List<Publication>> append(SqlConnection sql) {
        if (notes.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Map<UserKey, Integer> counts = new HashMap<>();
        notes.forEach(note -> counts.merge(note.user(), 1, Integer::sum));
        return PgInbox.reserve(sql, counts).compose(heads -> {
            Map<UserKey, Long> next = new HashMap<>();
            heads.forEach((user, head) -> next.put(user, head - counts.getOrDefault(user, 0)));
            List<PgInbox.Entry> entries = new ArrayList<>(notes.size());
            List<Publication> publications = new ArrayList<>(notes.size());
            for (Note note : notes) {
                long offset = next.merge(note.user(), 1L, Long::sum);
                Push push = Streams.at(note.user(), epoch, offset, atMillis, note.event());
                entries.add(new PgInbox.Entry(note.user(), offset, atMillis, note.about(), push.toByteArray()));
                publications.add(Streams.publication(note.user().tenant(), push));
            }
            return PgInbox.append(sql, entries).map(publications);
        });
    }
}
