import { ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import { Store } from "../base/observable.js";
import type { Logger } from "../base/options.js";
import type { Link } from "../connection/link.js";
import type { Presence, Push } from "../wire/types.js";

/** Users that one command may name; the contract's bound. */
const WATCH_BATCH = 200;

/** What a presence hub needs. */
export interface PresenceSetup {
  readonly limits: ClientLimits;
  readonly logger: Logger | undefined;
}

/** Presence by user: all that is known of those who are watched. */
export type KnownPresence = ReadonlyMap<string, Presence>;

/** Watches users for as long as somebody wants them, on every new connection again: a watch ends with its socket. */
export class PresenceHub {
  readonly known = new Store<KnownPresence>(new Map());
  readonly #setup: PresenceSetup;
  readonly #wanted = new Map<string, number>();
  #added = new Set<string>();
  #dropped = new Set<string>();
  #link: Link | undefined;
  #scheduled = false;

  constructor(setup: PresenceSetup) {
    this.#setup = setup;
  }

  /**
   * Watches these users until the returned function is called.
   * @throws {@link ParleyError} `WATCH_LIMIT` beyond {@link ClientLimits.watchedUsersMax}.
   */
  watch(userIds: readonly string[]): () => void {
    const users = new Set(userIds);
    const fresh = [...users].filter((user) => !this.#wanted.has(user));
    const { watchedUsersMax } = this.#setup.limits;
    if (this.#wanted.size + fresh.length > watchedUsersMax) {
      throw new ParleyError("WATCH_LIMIT", `at most ${watchedUsersMax} users can be watched`);
    }
    for (const user of users) this.#wanted.set(user, (this.#wanted.get(user) ?? 0) + 1);
    for (const user of fresh) this.#change(user, this.#dropped, this.#added);
    let watching = true;
    return () => {
      if (watching) this.#unwatch(users);
      watching = false;
    };
  }

  connected(link: Link): void {
    this.#link = link;
    this.#added = new Set(this.#wanted.keys());
    this.#dropped = new Set();
    this.#sendChanges();
  }

  disconnected(): void {
    this.#link = undefined;
  }

  push(push: Push): void {
    if (push.event.kind === "presenceChanged") this.#learn(push.event.body.presences);
  }

  #unwatch(users: ReadonlySet<string>): void {
    for (const user of users) {
      const left = (this.#wanted.get(user) ?? 1) - 1;
      if (left > 0) {
        this.#wanted.set(user, left);
      } else {
        this.#wanted.delete(user);
        this.#change(user, this.#added, this.#dropped);
      }
    }
    this.known.set(new Map([...this.known.getSnapshot()].filter(([user]) => this.#wanted.has(user))));
  }

  /** Changes of one turn travel together, and one that takes back another travels not at all. */
  #change(user: string, opposite: Set<string>, list: Set<string>): void {
    if (!opposite.delete(user)) list.add(user);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#sendChanges();
    });
  }

  #sendChanges(): void {
    const link = this.#link;
    if (!link) return;
    for (const userIds of batches(this.#dropped)) link.command("unwatchPresence", { userIds }, undefined, undefined);
    for (const userIds of batches(this.#added)) {
      link.command("watchPresence", { userIds }, undefined, (outcome) => {
        if (outcome.kind === "ok" && outcome.body.result.kind === "watchPresence")
          this.#learn(outcome.body.result.body.items);
        else if (outcome.kind === "err") this.#setup.logger?.warn("watch refused", { code: outcome.body.name });
      });
    }
    this.#added = new Set();
    this.#dropped = new Set();
  }

  #learn(presences: readonly Presence[]): void {
    const old = this.known.getSnapshot();
    const news = presences.filter(({ userId, ...rest }) => this.#wanted.has(userId) && !isSame(old.get(userId), rest));
    if (news.length === 0) return;
    const known = new Map(old);
    for (const presence of news) known.set(presence.userId, presence);
    this.known.set(known);
  }
}

/** Servers may repeat themselves: that changes nothing. */
const isSame = (old: Presence | undefined, now: Omit<Presence, "userId">): boolean =>
  old?.state === now.state &&
  old.status === now.status &&
  old.statusUntil?.getTime() === now.statusUntil?.getTime() &&
  old.lastSeen?.getTime() === now.lastSeen?.getTime();

function batches(users: ReadonlySet<string>): readonly (readonly string[])[] {
  const all = [...users];
  return Array.from({ length: Math.ceil(all.length / WATCH_BATCH) }, (_, i) =>
    all.slice(i * WATCH_BATCH, (i + 1) * WATCH_BATCH),
  );
}
