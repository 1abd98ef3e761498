package io.parley.chat;

import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.DeleteMessage;
import io.parley.schema.v1.EditMessage;
import io.parley.schema.v1.MarkRead;
import io.parley.schema.v1.MarkUnread;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.PinMessage;
import io.parley.schema.v1.React;
import io.parley.testkit.SeededRandomness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People who send, reply, mention, edit, delete, react, pin and read at random, and what an oracle makes of it. */
final class RandomTalk {
    private record Said(Message message, boolean timeline, Set<String> mentions) {}

    private final String channel;
    private final List<Person> people;
    private final SeededRandomness random;
    private final List<Said> said = new ArrayList<>();
    private final Map<String, Long> readOffsets = new HashMap<>();

    /** The first is the owner and may do everything. */
    RandomTalk(String channel, List<Person> people, SeededRandomness random) {
        this.channel = channel;
        this.people = people;
        this.random = random;
        people.getFirst()
                .creates(channel, people.stream().skip(1).map(Person::id).toArray(String[]::new));
        people.forEach(person ->
                readOffsets.put(person.id(), person.sees(channel).getOwn().getReadOffset()));
    }

    void step() {
        Person person = people.get((int) random.below(people.size()));
        switch ((int) random.below(10)) {
            case 0, 1, 2 -> send(person, false);
            case 3 -> send(person, true);
            case 4 -> delete();
            case 5 -> markRead(person);
            case 6 -> markUnread(person);
            case 7 -> edit();
            case 8 -> react(person);
            default -> pin();
        }
    }

    long unread(Person person) {
        return behind(person).size();
    }

    long mentions(Person person) {
        return behind(person).stream()
                .filter(one ->
                        one.mentions().contains(person.id()) || one.mentions().contains("@channel"))
                .count();
    }

    long firstUnread(Person person) {
        return behind(person).stream()
                .mapToLong(one -> one.message().getOffset())
                .min()
                .orElse(0);
    }

    private List<Said> behind(Person person) {
        long read = readOffsets.getOrDefault(person.id(), 0L);
        return said.stream()
                .filter(one -> one.timeline() && one.message().getOffset() > read)
                .filter(one -> !one.message().getAuthorId().equals(person.id()))
                .toList();
    }

    private void send(Person person, boolean reply) {
        var draft = person.draft(channel, "text " + random.below(1_000));
        boolean timeline = true;
        if (reply && !said.isEmpty()) {
            Message parent = any();
            if (parent.getParentId().isEmpty()) {
                timeline = random.chance(0.3);
                draft.setParentId(parent.getId()).setAlsoInChannel(timeline);
            }
        }
        Set<String> mentions = new HashSet<>();
        if (random.chance(0.4)) {
            mentions.add(people.get((int) random.below(people.size())).id());
        }
        if (person.equals(people.getFirst()) && random.chance(0.2)) {
            mentions.add("@channel");
        }
        Message message = person.does(Cmd.newBuilder().setSendMessage(draft.addAllMentions(mentions)))
                .getSendMessage()
                .getMessage();
        said.add(new Said(message, timeline, mentions));
        readOffsets.merge(person.id(), message.getOffset(), Math::max);
    }

    private void delete() {
        if (!said.isEmpty()) {
            Message message = said.remove((int) random.below(said.size())).message();
            owner().does(Cmd.newBuilder()
                    .setDeleteMessage(DeleteMessage.newBuilder()
                            .setChannelId(channel)
                            .setMessageId(message.getId())
                            .setHard(random.chance(0.3))));
        }
    }

    private void markRead(Person person) {
        long head = owner().sees(channel).getHead().getOffset();
        long offset = random.chance(0.3) ? 0 : random.between(1, head);
        person.does(Cmd.newBuilder()
                .setMarkRead(MarkRead.newBuilder().setChannelId(channel).setOffset(offset)));
        readOffsets.merge(person.id(), offset == 0 ? head : offset, Math::max);
    }

    private void markUnread(Person person) {
        long offset = random.between(1, owner().sees(channel).getHead().getOffset());
        person.does(Cmd.newBuilder()
                .setMarkUnread(MarkUnread.newBuilder().setChannelId(channel).setOffset(offset)));
        readOffsets.merge(person.id(), offset - 1, Math::min);
    }

    private void edit() {
        if (!said.isEmpty()) {
            int index = (int) random.below(said.size());
            Said before = said.get(index);
            Set<String> mentions = random.chance(0.5) ? before.mentions() : Set.of();
            author(before.message())
                    .does(Cmd.newBuilder()
                            .setEditMessage(EditMessage.newBuilder()
                                    .setChannelId(channel)
                                    .setMessageId(before.message().getId())
                                    .setText("edited " + random.below(1_000))
                                    .addAllMentions(mentions)));
            said.set(index, new Said(before.message(), before.timeline(), mentions));
        }
    }

    private void react(Person person) {
        if (!said.isEmpty()) {
            person.does(Cmd.newBuilder()
                    .setReact(React.newBuilder()
                            .setChannelId(channel)
                            .setMessageId(any().getId())
                            .setKind("k" + random.below(4))));
        }
    }

    private void pin() {
        if (!said.isEmpty()) {
            owner().does(Cmd.newBuilder()
                    .setPinMessage(PinMessage.newBuilder().setChannelId(channel).setMessageId(any().getId())));
        }
    }

    private Message any() {
        return said.get((int) random.below(said.size())).message();
    }

    private Person owner() {
        return people.getFirst();
    }

    private Person author(Message message) {
        return people.stream()
                .filter(person -> person.id().equals(message.getAuthorId()))
                .findFirst()
                .orElseThrow();
    }
}
