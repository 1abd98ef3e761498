import type { Clock, Transport, TransportEvents } from "../../src/index.js";

/** The server's end of one socket. */
export interface ServerSocket {
  send(frame: object): void;
  close(code: number): void;
}

/** Who answers sockets. */
export interface SocketServer {
  accept(socket: ServerSocket): void;
  receive(socket: ServerSocket, frame: Record<string, unknown>): void;
  gone(socket: ServerSocket): void;
}

/** What goes wrong. */
export interface Faults {
  /** One-way delay of a message. */
  delayMs: () => number;
  /** True: this opening fails. */
  refuse: () => boolean;
  /** True: this frame of the server arrives twice. */
  duplicate: () => boolean;
  /** True: this push of the server is lost on its way, and comes late with the next digest. */
  lose: () => boolean;
}

/** Nothing goes wrong and nothing takes time. */
export const calm = (): Faults => ({
  delayMs: () => 0,
  refuse: () => false,
  duplicate: () => false,
  lose: () => false,
});

/** After this long the server notices what a listener did not get. */
const DIGEST_MS = 5_000;

class Pipe implements ServerSocket {
  readonly #net: SimNet;
  readonly #events: TransportEvents;
  #open = true;
  #lastUpMs = 0;
  #lastDownMs = 0;

  constructor(net: SimNet, events: TransportEvents) {
    this.#net = net;
    this.#events = events;
  }

  /** Client to server, in order. */
  up(deliver: () => void): void {
    this.#lastUpMs = Math.max(this.#lastUpMs, this.#net.clock.monoMs() + this.#net.faults.delayMs());
    this.#later(this.#lastUpMs, deliver);
  }

  send(frame: object): void {
    const arrive = (): void => {
      this.#events.message(JSON.stringify(frame));
    };
    if ("push" in frame && this.#net.faults.lose()) {
      this.#later(this.#net.clock.monoMs() + DIGEST_MS, arrive);
      return;
    }
    const copies = this.#net.faults.duplicate() ? 2 : 1;
    for (let i = 0; i < copies; i++) this.down(arrive);
  }

  down(deliver: () => void): void {
    this.#lastDownMs = Math.max(this.#lastDownMs, this.#net.clock.monoMs() + this.#net.faults.delayMs());
    this.#later(this.#lastDownMs, deliver);
  }

  close(code: number): void {
    this.down(() => {
      this.end(code);
    });
  }

  /** Cuts it: what is under way is lost in both directions. */
  end(code: number): void {
    if (!this.#open) return;
    this.#open = false;
    this.#net.ended(this);
    this.#events.closed(code, "");
  }

  #later(atMs: number, run: () => void): void {
    this.#net.clock.after(atMs - this.#net.clock.monoMs(), () => {
      if (this.#open) run();
    });
  }
}

/** A network in virtual time: ordered, late, cut whenever a test wants. */
export class SimNet implements Transport {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly #server: SocketServer;
  readonly #pipes = new Set<Pipe>();
  /** Sockets that were opened so far. */
  opened = 0;

  constructor(clock: Clock, server: SocketServer, faults: Faults = calm()) {
    this.clock = clock;
    this.#server = server;
    this.faults = faults;
  }

  open(_url: string, _subprotocol: string, events: TransportEvents) {
    this.opened += 1;
    const pipe = new Pipe(this, events);
    this.#pipes.add(pipe);
    const refused = this.faults.refuse();
    pipe.down(() => {
      if (refused) pipe.end(1006);
      else {
        this.#server.accept(pipe);
        events.opened();
      }
    });
    return {
      send: (text: string) => {
        pipe.up(() => {
          this.#server.receive(pipe, JSON.parse(text) as Record<string, unknown>);
        });
      },
      close: (code: number) => {
        pipe.end(code);
      },
    };
  }

  /** Cuts every socket. */
  cut(code = 1006): void {
    for (const pipe of [...this.#pipes]) pipe.end(code);
  }

  ended(pipe: Pipe): void {
    if (this.#pipes.delete(pipe)) this.#server.gone(pipe);
  }
}
