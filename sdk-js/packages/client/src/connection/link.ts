import type { Clock } from "../base/clock.js";
import type { ClientLimits } from "../base/limits.js";
import type { CommandName, Drain, InputOf, Notice, Push, ReplyOutcome, StreamPosition } from "../wire/types.js";
import { decodeFrames, encodeCommand, encodeControl, type ClientControl, type ServerFrame } from "./frames.js";
import type { Transport, TransportSocket } from "./transport.js";

/** What one socket tells its owner. `ended` comes exactly once and is the last. */
export interface LinkEvents {
  opened(): void;
  push(push: Push): void;
  positions(streams: readonly StreamPosition[]): void;
  drain(drain: Drain): void;
  notice(notice: Notice): void;
  ended(code: number, reason: string): void;
}

/** Hears the answer to one command; never called when the socket ends first. */
export type ReplyListener = (outcome: ReplyOutcome) => void;

/** How a link is made. */
export interface LinkSetup {
  readonly transport: Transport;
  readonly url: string;
  readonly clock: Clock;
  readonly limits: ClientLimits;
  readonly events: LinkEvents;
}

/** Close codes that a client may use. */
const GOING = 1000;
const BAD_SERVER_FRAME = 3001;
const SILENT = 1006;
/** A ping leaves well before the server misses one. */
const HEARTBEAT_SHARE = 0.8;

/** One socket from opening to end: numbers commands, matches replies, keeps the heartbeat. Holds no state beyond it. */
export class Link {
  readonly #setup: LinkSetup;
  readonly #socket: TransportSocket;
  readonly #replies = new Map<number, ReplyListener>();
  #ended = false;
  #lastId = 0;
  #lastPing = 0;
  #heartbeatMs = 0;
  #stopHeartbeat: () => void = () => undefined;
  #stopPongWait: (() => void) | undefined;

  constructor(setup: LinkSetup) {
    this.#setup = setup;
    this.#socket = setup.transport.open(setup.url, "parley.v1.json", {
      opened: () => {
        if (!this.#ended) setup.events.opened();
      },
      message: (text) => {
        this.#receive(text);
      },
      closed: (code, reason) => {
        this.#end(code, reason);
      },
    });
  }

  /** Sends a command; without `onReply` the server is told that no reply is wanted. */
  command<C extends CommandName>(
    command: C,
    input: InputOf<C>,
    key: string | undefined,
    onReply: ReplyListener | undefined,
  ): void {
    const id = onReply ? ++this.#lastId : 0;
    if (onReply) this.#replies.set(id, onReply);
    this.#send(encodeCommand(id, command, input, key));
  }

  control(control: ClientControl): void {
    this.#send(encodeControl(control));
  }

  /** Pings often enough for the server's wish, and ends the link when nothing is heard in answer. */
  keepAlive(heartbeatMs: number): void {
    if (heartbeatMs <= 0 || heartbeatMs === this.#heartbeatMs) return;
    this.#heartbeatMs = heartbeatMs;
    this.#scheduleBeat();
  }

  /** Asks now whether the other side is still there. */
  probe(): void {
    if (this.#ended || this.#stopPongWait) return;
    this.#lastPing += 1;
    this.control({ ping: { n: this.#lastPing } });
    this.#stopPongWait = this.#setup.clock.after(this.#setup.limits.pongTimeoutMs, () => {
      this.abandon("no answer to a ping");
    });
  }

  /** Ends the link without waiting for the other side, which may be gone. */
  abandon(reason: string): void {
    if (this.#ended) return;
    this.#socket.close(GOING, reason);
    this.#end(SILENT, reason);
  }

  #scheduleBeat(): void {
    this.#stopHeartbeat();
    this.#stopHeartbeat = this.#setup.clock.after(this.#heartbeatMs * HEARTBEAT_SHARE, () => {
      this.probe();
      this.#scheduleBeat();
    });
  }

  #send(text: string): void {
    if (!this.#ended) this.#socket.send(text);
  }

  #receive(text: string): void {
    if (this.#ended) return;
    this.#stopPongWait?.();
    this.#stopPongWait = undefined;
    let frames: readonly ServerFrame[];
    try {
      frames = decodeFrames(text);
    } catch (error) {
      this.#socket.close(BAD_SERVER_FRAME, "bad frame");
      this.#end(BAD_SERVER_FRAME, error instanceof Error ? error.message : "bad frame");
      return;
    }
    for (const frame of frames) this.#accept(frame);
  }

  #accept(frame: ServerFrame): void {
    if (this.#ended) return; // a frame before this one may have ended the link
    switch (frame.kind) {
      case "reply": {
        const listener = this.#replies.get(frame.body.id);
        this.#replies.delete(frame.body.id);
        listener?.(frame.body.outcome);
        return;
      }
      case "push":
        this.#setup.events.push(frame.body);
        return;
      case "ctl":
        this.#acceptControl(frame.body.control);
    }
  }

  #acceptControl(control: Extract<ServerFrame, { kind: "ctl" }>["body"]["control"]): void {
    switch (control.kind) {
      case "ping":
        this.control({ pong: { n: control.body.n } });
        return;
      case "pong":
        this.keepAlive(control.body.heartbeatMs);
        return;
      case "drain":
        this.#setup.events.drain(control.body);
        return;
      case "notice":
        this.#setup.events.notice(control.body);
        return;
      case "positions":
        this.#setup.events.positions(control.body.streams);
        return;
      case "ack":
      case "unknown":
        return;
    }
  }

  #end(code: number, reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopHeartbeat();
    this.#stopPongWait?.();
    this.#replies.clear();
    this.#setup.events.ended(code, reason);
  }
}
