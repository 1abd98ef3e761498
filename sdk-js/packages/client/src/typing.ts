import type { Core } from "./base/core.js";

/** "Typing" that one client remembers having said; beyond it the oldest is forgotten, which costs one message more. */
const REMEMBERED_MAX = 100;

/** Tells the server of typing, at most once per interval and place. */
export class TypingThrottle {
  readonly #core: Pick<Core, "clock" | "limits" | "outbox">;
  readonly #toldAtMs = new Map<string, number>();

  constructor(core: Pick<Core, "clock" | "limits" | "outbox">) {
    this.#core = core;
  }

  typing(channelId: string, parentId: string | undefined): void {
    const place = placeOf(channelId, parentId);
    const now = this.#core.clock.monoMs();
    const told = this.#toldAtMs.get(place);
    if (told !== undefined && now - told < this.#core.limits.typingIntervalMs) return;
    this.#toldAtMs.delete(place);
    this.#toldAtMs.set(place, now);
    const oldest = this.#toldAtMs.keys().next();
    if (this.#toldAtMs.size > REMEMBERED_MAX && !oldest.done) this.#toldAtMs.delete(oldest.value);
    this.#core.outbox.tell("setTyping", { channelId, parentId, typing: true });
  }

  /** Says so only when something was said before. */
  stopped(channelId: string, parentId: string | undefined): void {
    if (!this.#toldAtMs.delete(placeOf(channelId, parentId))) return;
    this.#core.outbox.tell("setTyping", { channelId, parentId, typing: false });
  }

  /** The message itself ends the typing at the others: nothing needs to be told. */
  sent(channelId: string, parentId: string | undefined): void {
    this.#toldAtMs.delete(placeOf(channelId, parentId));
  }
}

const placeOf = (channelId: string, parentId: string | undefined): string => `${channelId}/${parentId ?? ""}`;
