import type { ParleyError } from "@parley/client";
import { createGuest, ParleyClient, type Session } from "@parley/client";
import { Store } from "./store.js";

/** Who is signed in on this tab. */
export interface SignedIn {
  readonly client: ParleyClient;
  readonly session: Session;
}

const KEY = "parley.token";

/** Scrolling back keeps this many messages, so that a new one never takes away what is being read. */
const TIMELINE_MAX = 20_000;

/** The session of this tab; undefined = nobody is signed in. */
export const signedIn = new Store<SignedIn | undefined>(undefined);

/** Why the last session ended, for the sign-in page. */
export const endedBy = new Store<ParleyError | undefined>(undefined);

/** The token of an earlier load of this tab; it ends with the tab. */
export const keptToken = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;

export async function signInAsGuest(name: string, signal: AbortSignal): Promise<void> {
  const { token } = await createGuest({ url: location.origin, name, signal });
  await signIn(token, signal);
}

/**
 * Connects with this token and keeps it for reloads of this tab.
 * @throws {@link ParleyError} when the server does not accept it or cannot be reached before `signal` fires.
 */
export async function signIn(token: string, signal: AbortSignal): Promise<void> {
  const client = new ParleyClient({
    url: location.origin,
    token: ({ refused }) => {
      // There is no second token to offer, so a refused one ends the session at once.
      if (refused)
        queueMicrotask(() => {
          end(client, refused);
        });
      return token;
    },
    limits: { timelineMax: TIMELINE_MAX },
  });
  try {
    const session = await client.connect({ signal });
    sessionStorage.setItem(KEY, token);
    endedBy.set(undefined);
    signedIn.set({ client, session });
    watchEnd(client);
  } catch (error) {
    client.close();
    throw endedBy.getSnapshot() ?? error;
  }
}

/** Forgets everything that this tab knew. */
export function signOut(): void {
  const current = signedIn.getSnapshot();
  if (current) end(current.client, undefined);
}

/** A server that does not want this client back ends the session, in words. */
function watchEnd(client: ParleyClient): void {
  client.connection.subscribe(() => {
    const state = client.connection.getSnapshot();
    if (state.status === "closed") end(client, state.error);
  });
}

function end(client: ParleyClient, error: ParleyError | undefined): void {
  if (error) endedBy.set(error);
  sessionStorage.removeItem(KEY);
  if (signedIn.getSnapshot()?.client === client) signedIn.set(undefined);
  client.close();
}
