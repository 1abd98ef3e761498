import { WebSocket } from "ws";
import {
  ParleyClient,
  type ChannelView,
  type ClientOptions,
  type EventName,
  type OwnState,
  type Presence,
  type PresenceView,
  type TokenProvider,
} from "../src/index.js";
import { isMap, mismatch, textOf, type Json, type JsonMap } from "./match.js";
import { Proxy } from "./proxy.js";

/** What a step waits for: undefined when it is there, else what is missing, in words. */
export type Condition = () => string | undefined;

/** Events of one stream that the SDK handed out, in order. */
interface Collection {
  readonly events: JsonMap[];
  readonly filtered: boolean;
  readonly stop: () => void;
  used: boolean[];
}

/** Everything as JSON, the way scenarios look at it: dates as text, absent members left out. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? {})) as Json;

/** One client of a scenario, behind a network of its own. */
export class Person {
  readonly proxy: Proxy;
  readonly client: ParleyClient;
  readonly views = new Map<string, ChannelView>();
  readonly watches = new Map<string, { readonly view: PresenceView; readonly stop: () => void }>();
  readonly detached: Promise<unknown>[] = [];
  /** Connections so far, and tokens asked for; the marks are where the scenario last looked. */
  connections = 0;
  tokens = 0;
  connectionMark = 0;
  tokenMark = 0;
  /** Close codes of connections that ended since the scenario last looked. */
  readonly endings: number[] = [];
  #tokensFlow: Promise<unknown> = Promise.resolve();
  #release: () => void = () => undefined;
  readonly #collections = new Map<string, Collection>();
  readonly #waiting = new Set<() => void>();

  private constructor(proxy: Proxy, token: TokenProvider, options: Partial<ClientOptions>) {
    this.proxy = proxy;
    this.client = new ParleyClient({
      ...options,
      url: proxy.url,
      WebSocket,
      token: async (request) => {
        await this.#tokensFlow;
        this.tokens += 1;
        this.changed();
        return token(request);
      },
    });
    this.client.connection.subscribe(() => {
      const state = this.client.connection.getSnapshot();
      if (state.status === "connected") this.connections += 1;
      if (state.status === "waiting" && state.reason) this.endings.push(state.reason.code);
      this.changed();
    });
  }

  static async start(server: URL, token: TokenProvider, options: Partial<ClientOptions> = {}): Promise<Person> {
    return new Person(await Proxy.start(server), token, options);
  }

  /** The token provider does not answer until {@link giveTokens}. */
  withholdTokens(): void {
    this.#tokensFlow = new Promise<void>((resolve) => (this.#release = resolve));
  }

  giveTokens(): void {
    this.#release();
  }

  /** Something may be different now: whoever waits looks again. */
  readonly changed = (): void => {
    for (const look of [...this.#waiting]) look();
  };

  async await(condition: Condition, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        this.#waiting.delete(look);
        signal.removeEventListener("abort", onAbort);
      };
      const look = (): void => {
        if (condition() !== undefined) return;
        done();
        resolve();
      };
      const onAbort = (): void => {
        done();
        reject(new Error(`waited in vain: ${condition() ?? "nothing"}`));
      };
      this.#waiting.add(look);
      signal.addEventListener("abort", onAbort, { once: true });
      look();
    });
  }

  /** Keeps the events of a stream; resolves when it is subscribed, rejects when that is refused. */
  async collect(name: string, stream: string, events: readonly EventName[]): Promise<{ own: OwnState | undefined }> {
    let started = false;
    let own: OwnState | undefined;
    const kept: JsonMap[] = [];
    await new Promise<void>((resolve, reject) => {
      const stop = this.client.listen(
        stream,
        {
          start: ({ position, lost }) => {
            if (started) kept.push({ type: "resync", reason: lost, offset: position.offset });
            started = true;
            setImmediate(resolve);
            this.changed();
          },
          event: ({ offset, event }) => {
            const fields = event.kind === "unknown" ? {} : (asJson(event.body) as JsonMap);
            kept.push({ ...fields, type: event.kind, offset });
            this.changed();
          },
          own: (state) => (own = state),
          refused: reject,
        },
        events.length > 0 ? { events } : {},
      );
      this.#collections.get(name)?.stop();
      this.#collections.set(name, { events: kept, filtered: events.length > 0, stop, used: [] });
    });
    return { own };
  }

  collection(name: string): Collection {
    const found = this.#collections.get(name);
    if (!found) throw new Error(`has not subscribed to ${name}`);
    return found;
  }

  watch(userIds: readonly string[]): PresenceView {
    const view = this.client.presence(userIds);
    this.watches.set([...userIds].sort().join(), { view, stop: view.subscribe(this.changed) });
    return view;
  }

  /** What watching has told of a user; undefined when nobody watches them. */
  presence(userId: string): Presence | undefined {
    for (const { view } of this.watches.values()) {
      const known = view.getSnapshot()[userId];
      if (known) return known;
    }
    return undefined;
  }

  /** What is missing for the patterns to be the next events of their types; uses the events up when nothing is. */
  take(name: string, patterns: readonly JsonMap[]): string | undefined {
    const kept = this.collection(name);
    const types = new Set(patterns.map((pattern) => pattern["type"]));
    const next = kept.events.flatMap((event, i) => (!kept.used[i] && types.has(event["type"] ?? "") ? [i] : []));
    for (const [n, pattern] of patterns.entries()) {
      const at = next[n];
      if (at === undefined) return `${n} of ${patterns.length} events came`;
      const wrong = mismatch(pattern, kept.events[at]);
      if (wrong !== undefined) throw new Error(`event ${n + 1} does not match: ${wrong}`);
    }
    const last = next[patterns.length - 1] ?? -1;
    kept.events.forEach((event, i) => {
      if (i <= last && types.has(event["type"] ?? "")) kept.used[i] = true;
    });
    return undefined;
  }

  unused(name: string, types: readonly string[]): readonly JsonMap[] {
    const kept = this.collection(name);
    return kept.events.filter((event, i) => !kept.used[i] && types.includes(textOf(event["type"])));
  }

  /** The promise of every stream: offsets rise, without filter or resync by exactly one. */
  check(): void {
    for (const [name, { events, filtered }] of this.#collections) {
      let last: number | undefined;
      for (const event of events) {
        const offset = Number(event["offset"]);
        if (event["type"] === "resync") last = offset;
        if (event["type"] === "resync" || offset === 0) continue;
        const wrong = last !== undefined && (filtered ? offset <= last : offset !== last + 1);
        if (wrong) throw new Error(`${name}: offset ${offset} after ${last ?? 0}`);
        last = offset;
      }
    }
  }

  close(): void {
    this.client.close();
    this.proxy.close();
  }
}

/** `$repeat` and `{i}` written out. */
export function expand(patterns: readonly Json[]): readonly JsonMap[] {
  return patterns.filter(isMap).flatMap((pattern) => {
    const count = Number(pattern["$repeat"] ?? 1);
    const rest = Object.fromEntries(Object.entries(pattern).filter(([key]) => key !== "$repeat"));
    const text = JSON.stringify(rest);
    return Array.from({ length: count }, (_, i) => JSON.parse(text.replaceAll("{i}", String(i + 1))) as JsonMap);
  });
}
