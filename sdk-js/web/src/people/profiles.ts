import { useEffect, useMemo, useState } from "react";
import type { User } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import type { Users } from "./names.js";

/** Profiles asked for at once, as the contract allows. */
const ASKED_MAX = 100;
/** Members offered for a mention before anybody has spoken. */
const MEMBERS_MAX = 200;

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
      const users: User[] = [];
      for await (const { user } of client.channel(id).members({ signal: stop.signal })) {
        if (user && users.push(user) >= MEMBERS_MAX) break;
      }
      setFound(byId(users));
    };
    read().catch(() => undefined); // those who have spoken are offered anyway
    return () => {
      stop.abort();
    };
  }, [client, id, isWanted]);
  return found;
}

const byId = (users: readonly User[]): Users => Object.fromEntries(users.map((user) => [user.id, user]));
const nobody = (id: string): User => ({ id, name: "", imageUrl: "", guest: false });
