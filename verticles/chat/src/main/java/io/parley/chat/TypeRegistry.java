package io.parley.chat;

import io.parley.chat.domain.Capability;
import io.parley.chat.domain.ChannelRules;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Member;
import io.parley.kernel.config.SettingException;
import io.parley.kernel.config.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channel types of this deployment: built-in defaults, every part of which the settings may replace. */
public final class TypeRegistry {
    static final String MESSAGING = "messaging";
    /** Of direct conversations only; nobody creates a channel of it by hand. */
    static final String DIRECT = "direct";

    private static final List<String> ROLES = List.of(Member.OWNER, Member.MODERATOR, Member.MEMBER, "guest", "system");
    private static final Set<Capability> TALKING = EnumSet.of(
            Capability.READ,
            Capability.SEND_MESSAGE,
            Capability.SEND_REPLY,
            Capability.SEND_REACTION,
            Capability.QUOTE,
            Capability.EDIT_OWN_MESSAGE,
            Capability.DELETE_OWN_MESSAGE,
            Capability.TYPING,
            Capability.RECEIPTS);
    private static final Set<Capability> MODERATING = and(
            TALKING,
            Capability.MENTION_ALL,
            Capability.DELETE_ANY_MESSAGE,
            Capability.PIN_MESSAGE,
            Capability.INVITE,
            Capability.ADD_MEMBERS,
            Capability.REMOVE_MEMBERS,
            Capability.UPDATE_CHANNEL,
            Capability.FREEZE_CHANNEL,
            Capability.SKIP_SLOW_MODE,
            Capability.SEE_VERSIONS);
    private static final Set<Capability> OWNING =
            and(MODERATING, Capability.HARD_DELETE, Capability.SET_ROLES, Capability.DELETE_CHANNEL);
    private static final Set<Capability> INTEGRATING =
            and(TALKING, Capability.SKIP_SLOW_MODE, Capability.ADD_MEMBERS, Capability.REMOVE_MEMBERS);

    private final Map<String, ChannelRules> byName;

    private TypeRegistry(Map<String, ChannelRules> byName) {
        this.byName = new LinkedHashMap<>(byName);
    }

    static TypeRegistry from(Settings settings) {
        List<String> names = settings.list(
                "chat.types", List.of(MESSAGING, "team", "livestream", DIRECT), "channel types that can be created");
        Map<String, ChannelRules> types = new LinkedHashMap<>();
        for (String name : names) {
            types.put(name, read(settings, name));
        }
        types.computeIfAbsent(DIRECT, name -> read(settings, name));
        types.computeIfAbsent(MESSAGING, name -> read(settings, name));
        return new TypeRegistry(types);
    }

    Optional<ChannelRules> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A stored channel whose type the configuration no longer has behaves as the default type. */
    ChannelRules of(String name) {
        ChannelRules rules = byName.get(name);
        return rules != null ? rules : byName.getOrDefault(MESSAGING, builtIn(MESSAGING));
    }

    List<ChannelRules> all() {
        return List.copyOf(byName.values());
    }

    private static ChannelRules read(Settings settings, String name) {
        ChannelRules byDefault = builtIn(name);
        String prefix = "chat.type." + name + ".";
        List<String> features = settings.list(
                prefix + "features",
                byDefault.features().stream().sorted().map(TypeRegistry::lower).toList(),
                "what channels of type " + name + " have");
        Map<String, Set<Capability>> grants = new LinkedHashMap<>();
        List<String> roles = settings.list(prefix + "roles", ROLES, "roles in channels of type " + name);
        for (String role : roles) {
            List<String> granted = settings.list(
                    prefix + "grants." + role,
                    byDefault.grants().getOrDefault(role, Set.of()).stream()
                            .sorted()
                            .map(Capability::wireName)
                            .toList(),
                    "what the role " + role + " may do in channels of type " + name);
            grants.put(role, capabilities(prefix + "grants." + role, granted));
        }
        return new ChannelRules(
                name,
                features(prefix + "features", features),
                settings.small(
                        prefix + "members-max", byDefault.membersMax(), 2, 10_000_000, "members of one such channel"),
                settings.small(
                        prefix + "message-bytes-max",
                        byDefault.messageBytesMax(),
                        1,
                        16_384,
                        "bytes of text in one message"),
                grants);
    }

    private static ChannelRules builtIn(String name) {
        Set<Feature> all = EnumSet.allOf(Feature.class);
        return switch (name) {
            case "livestream" ->
                new ChannelRules(
                        name,
                        EnumSet.of(Feature.REACTIONS, Feature.QUOTES, Feature.PINS, Feature.MENTIONS),
                        1_000_000,
                        2_048,
                        grants(TALKING));
            case "team" ->
                new ChannelRules(
                        name,
                        all,
                        5_000,
                        16_384,
                        grants(and(TALKING, Capability.INVITE, Capability.PIN_MESSAGE, Capability.MENTION_ALL)));
            case DIRECT ->
                new ChannelRules(
                        name,
                        all,
                        10,
                        16_384,
                        Map.of(
                                Member.MEMBER,
                                and(TALKING, Capability.PIN_MESSAGE),
                                "guest",
                                TALKING,
                                "system",
                                INTEGRATING));
            default -> new ChannelRules(name, all, 1_000, 16_384, grants(and(TALKING, Capability.INVITE)));
        };
    }

    private static Map<String, Set<Capability>> grants(Set<Capability> member) {
        return Map.of(
                Member.OWNER,
                OWNING,
                Member.MODERATOR,
                MODERATING,
                Member.MEMBER,
                member,
                "guest",
                TALKING,
                "system",
                INTEGRATING);
    }

    private static Set<Capability> and(Set<Capability> some, Capability... more) {
        EnumSet<Capability> all = EnumSet.copyOf(some);
        all.addAll(List.of(more));
        return all;
    }

    private static Set<Capability> capabilities(String key, List<String> names) {
        Set<Capability> found = new HashSet<>();
        for (String name : names) {
            found.add(Capability.ofWireName(name).orElseThrow(() -> wrong(key, name, lowerAll(Capability.values()))));
        }
        return found;
    }

    private static Set<Feature> features(String key, List<String> names) {
        Set<Feature> found = new HashSet<>();
        for (String name : names) {
            found.add(Feature.ofWireName(name).orElseThrow(() -> wrong(key, name, lowerAll(Feature.values()))));
        }
        return found;
    }

    private static SettingException wrong(String key, String name, List<String> allowed) {
        return new SettingException("%s names \"%s\", but must be a list of %s".formatted(key, name, allowed));
    }

    private static List<String> lowerAll(Enum<?>[] values) {
        List<String> names = new ArrayList<>(values.length);
        for (Enum<?> value : values) {
            names.add(lower(value).replace('_', '-'));
        }
        return names;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
