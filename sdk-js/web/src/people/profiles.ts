import { useEffect, useMemo, useState } from "react";
import type { ChannelRecord, ParleyClient, User } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { acquaintances, named, type Users } from "./names.js";

/** Profiles asked for at once, as the contract allows. */
const ASKED_MAX = 100;
/** Members read of one channel, to offer those who have not spoken. */
const MEMBERS_MAX = 200;
/** Channels whose members are read to offer them for a conversation. */
const CHANNELS_MAX = 5;

/** Profiles of these people as far as they are not among `known`: of those who type or read but never spoke. */
export function useProfiles(known: Users, userIds: readonly string[]): Users {
  const { client } = useWorkspace();
  const [found, setFound] = useState<Users>({});
  const missing = userIds.filter((id) => !known[id] && !found[id]).slice(0, ASKED_MAX);
  const key = missing.join(" ");
  useEffect(() => {
    if (key === "") return undefined;
    const stop = new AbortController();
    const asked = key.split(" ");
    client.getUsers(asked, { signal: stop.signal }).then(
      (users) => {
        // Who is unknown to the server too is called by the id, and not asked for again.
        const answers = asked.map((id) => users.find((user) => user.id === id) ?? nobody(id));
        setFound((old) => ({ ...old, ...byId(answers) }));
      },
      () => undefined, // the id stands for the name until somebody new comes
    );
    return () => {
      stop.abort();
    };
  }, [client, key]);
  return useMemo(() => ({ ...found, ...known }), [found, known]);
}

/** The members of a channel, read once when they are wanted. */
export function useMemberProfiles(id: string, isWanted: boolean): Users {
  const [found, setFound] = useState<Users>({});
  const { client } = useWorkspace();
  useEffect(() => {
    if (!isWanted) return undefined;
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      setFound(byId(await readMembers(client, id, stop.signal)));
    };
    read().catch(() => undefined); // those who have spoken are offered anyway
    return () => {
      stop.abort();
    };
  }, [client, id, isWanted]);
  return found;
}

/** Everybody to be found in these channels, without the user: known from the list, or read when this is first used. */
export function useAcquaintances(channels: readonly ChannelRecord[]): readonly User[] {
  const { client, me } = useWorkspace();
  const [found, setFound] = useState<Users>({});
  const [readFrom] = useState(() =>
    channels
      .filter(({ direct }) => !direct)
      .slice(0, CHANNELS_MAX)
      .map(({ id }) => id),
  );
  useEffect(() => {
    const stop = new AbortController();
    const read = async (id: string): Promise<void> => {
      const users = await readMembers(client, id, stop.signal);
      setFound((old) => ({ ...old, ...byId(users) }));
    };
    for (const id of readFrom) read(id).catch(() => undefined); // those known from the list are offered anyway
    return () => {
      stop.abort();
    };
  }, [client, readFrom]);
  return useMemo(() => {
    const all = { ...found, ...byId(acquaintances(channels, me.id)) };
    const others = Object.values(all).filter(({ id }) => id !== me.id);
    return others.map(named).sort((a, b) => a.name.localeCompare(b.name));
  }, [found, channels, me.id]);
}

async function readMembers(client: ParleyClient, channelId: string, signal: AbortSignal): Promise<readonly User[]> {
  const users: User[] = [];
  for await (const { user } of client.channel(channelId).members({ signal })) {
    if (user && users.push(user) >= MEMBERS_MAX) break;
  }
  return users;
}

const byId = (users: readonly User[]): Users => Object.fromEntries(users.map((user) => [user.id, user]));
const nobody = (id: string): User => ({ id, name: "", imageUrl: "", guest: false });
