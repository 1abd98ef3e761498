import { Store, type Observable } from "../base/observable.js";
import type { PresenceHub } from "../presence/presenceHub.js";
import type { Presence } from "../wire/types.js";
import type { PresenceSnapshot } from "./types.js";

/**
 * Presence of some users, live while somebody subscribes.
 * @example
 * const view = client.presence(["alice", "bob"]);
 * const people = useSyncExternalStore(view.subscribe, view.getSnapshot);
 * people["alice"]?.state; // "ONLINE"
 */
export class PresenceView implements Observable<PresenceSnapshot> {
  readonly userIds: readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => PresenceSnapshot;

  /** @internal */
  constructor(hub: PresenceHub, userIds: readonly string[]) {
    this.userIds = [...new Set(userIds)];
    let stop: () => void = () => undefined;
    const store = new Store<PresenceSnapshot>(this.#read(hub, {}), (watched) => {
      stop();
      stop = () => undefined;
      if (!watched) return;
      const unwatch = hub.watch(this.userIds);
      const unsubscribe = hub.known.subscribe(() => {
        store.set(this.#read(hub, store.getSnapshot()));
      });
      stop = () => {
        unsubscribe();
        unwatch();
      };
    });
    this.subscribe = store.subscribe;
    this.getSnapshot = store.getSnapshot;
  }

  /** The old snapshot itself when nothing of these users changed. */
  #read(hub: PresenceHub, old: PresenceSnapshot): PresenceSnapshot {
    const known = hub.known.getSnapshot();
    const entries = this.userIds.map((user): [string, Presence] => [
      user,
      known.get(user) ?? old[user] ?? offline(user),
    ]);
    return entries.every(([user, presence]) => old[user] === presence) ? old : Object.fromEntries(entries);
  }
}

const offline = (userId: string): Presence => ({ userId, state: "OFFLINE", status: "" });
