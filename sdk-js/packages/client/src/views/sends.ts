import type { Core } from "../base/core.js";
import { asParleyError, ParleyError } from "../base/errors.js";
import type { Draft } from "../drafts.js";
import { present } from "../present.js";
import type { Message, SendMessage, User } from "../wire/types.js";
import { withNewest, withoutPending, type PendingSend, type Timeline } from "./timeline.js";

/** Where optimistic entries are shown. */
export interface SendsPlace {
  readonly state: { readonly timeline: Timeline };
  change(changes: { readonly timeline: Timeline }): void;
  /** False for what the view does not show once it is stored: a reply in a thread, sent from the channel's own view. */
  belongs(message: Message): boolean;
}

/** Optimistic sends of one view: shown at once, replaced by the stored message, or marked as failed. */
export class Sends {
  readonly #core: Core;
  readonly #channelId: string;
  readonly #place: SendsPlace;

  constructor(core: Core, channelId: string, place: SendsPlace) {
    this.#core = core;
    this.#channelId = channelId;
    this.#place = place;
  }

  /** True while a send may still succeed. */
  get underWay(): boolean {
    return this.#pending.some(({ error }) => error === undefined);
  }

  get #pending(): readonly PendingSend[] {
    return this.#place.state.timeline.pending;
  }

  send(draft: Draft): string {
    const { pendingSendsMax } = this.#core.limits;
    if (this.#pending.length >= pendingSendsMax) throw new ParleyError("QUEUE_FULL", "too many unfinished sends");
    const input = { ...draft, channelId: this.#channelId, clientId: this.#core.newId() };
    const author = this.#core.session.getSnapshot()?.user;
    const send = { input, message: optimistic(input, author, new Date(this.#core.clock.wallMs())), error: undefined };
    this.#show([...this.#pending, send]);
    this.#dispatch(send);
    return input.clientId;
  }

  retry(key: string): void {
    const failed = this.#pending.find((send) => send.message.clientId === key && send.error);
    if (!failed) return;
    const again = { ...failed, error: undefined };
    this.#show(this.#pending.map((send) => (send === failed ? again : send)));
    this.#dispatch(again);
  }

  discard(key: string): void {
    this.#show(this.#pending.filter((send) => send.message.clientId !== key || !send.error));
  }

  #dispatch({ input, message: { clientId } }: PendingSend): void {
    this.#core.typing.sent(this.#channelId, input.parentId);
    const bounds = { timeoutMs: this.#core.limits.sendTimeoutMs };
    void this.#core.outbox.request("sendMessage", input, bounds).then(
      ({ message }) => {
        const stored = present(message);
        const { timeline } = this.#place.state;
        const me = this.#core.session.getSnapshot()?.user.id ?? "";
        this.#place.change({
          timeline: this.#place.belongs(stored)
            ? withNewest(timeline, stored, me)
            : withoutPending(timeline, stored, me),
        });
      },
      (thrown: unknown) => {
        const error = asParleyError(thrown);
        this.#show(this.#pending.map((send) => (send.message.clientId === clientId ? { ...send, error } : send)));
      },
    );
  }

  #show(pending: readonly PendingSend[]): void {
    this.#place.change({ timeline: { ...this.#place.state.timeline, pending } });
  }
}

/** What the message will look like once it is stored; its id and offset are the server's to give. */
function optimistic(input: SendMessage, author: User | undefined, createdAt: Date): Message {
  return {
    id: "",
    channelId: input.channelId,
    offset: 0,
    authorId: author?.id ?? "",
    clientId: input.clientId,
    text: input.text ?? "",
    custom: input.custom,
    parentId: input.parentId ?? "",
    alsoInChannel: input.alsoInChannel ?? false,
    mentions: input.mentions ?? [],
    reactions: [],
    createdAt,
    version: 0,
    pinned: false,
    author,
    ownReactions: [],
    kind: "",
  };
}
