import type { ChannelRecord, Member, User } from "@parley/client";

/** Profiles by id, as far as they are known. */
export type Users = Readonly<Record<string, User>>;

/** The name of somebody, or their id while the profile is not known. */
export function nameOf(users: Users, userId: string): string {
  const name = users[userId]?.name;
  return name === undefined || name === "" ? userId : name;
}

/** The profile with the id for a name, where there is none: a token need not carry one. */
export const named = (user: User): User => (user.name === "" ? { ...user, name: user.id } : user);

/** How a channel is called: a direct conversation by the others in it, as soon as they are known. */
export function titleOf(channel: ChannelRecord, meId: string): string {
  if (!channel.direct) return channel.name === "" ? channel.id : channel.name;
  const names = othersOf(channel, meId).map(memberName);
  return names.length === 0 ? "Direct conversation" : names.join(", ");
}

/** The name of a member, or the id while the profile is not known. */
export const memberName = ({ user, userId }: Member): string => (user ? named(user).name : userId);

export const othersOf = (channel: ChannelRecord, meId: string): ChannelRecord["members"] =>
  channel.members.filter(({ userId }) => userId !== meId);

/** Everybody met in these channels, without `meId`, by name. */
export function acquaintances(channels: readonly ChannelRecord[], meId: string): readonly User[] {
  const met = new Map<string, User>();
  for (const { members, lastMessage } of channels) {
    for (const user of [...members.map((member) => member.user), lastMessage?.author]) {
      if (user && user.id !== meId) met.set(user.id, named(user));
    }
  }
  return [...met.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** "Ada", "Ada and Grace", "Ada, Grace and 3 others". */
export function listOf(names: readonly string[], shownMax = 3): string {
  const shown = names.length > shownMax ? names.slice(0, shownMax - 1) : names;
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} others`] : shown;
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
