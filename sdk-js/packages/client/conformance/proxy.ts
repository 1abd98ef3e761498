import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Stands between one client and the server, and breaks what the scenario wants broken. */
export class Proxy {
  readonly #server: Server;
  readonly #upstream: URL;
  readonly #pairs = new Set<readonly [client: Socket, server: Socket]>();
  #refuses = false;
  #stalls = false;

  private constructor(upstream: URL) {
    this.#upstream = upstream;
    this.#server = createServer((client) => {
      this.#join(client);
    });
  }

  static async start(upstream: URL): Promise<Proxy> {
    const proxy = new Proxy(upstream);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Aborts every connection. */
  kill(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  cut(): void {
    this.#refuses = true;
    this.kill();
  }

  /** Stops reading what the server sends, until {@link heal}. */
  stall(): void {
    this.#stalls = true;
    for (const [, server] of this.#pairs) server.pause();
  }

  heal(): void {
    this.#refuses = false;
    this.#stalls = false;
    for (const [, server] of this.#pairs) server.resume();
  }

  close(): void {
    this.#server.close();
    this.kill();
  }

  #join(client: Socket): void {
    if (this.#refuses) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(Number(this.#upstream.port), this.#upstream.hostname);
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    this.#carry(client, server, pair);
    this.#carry(server, client, pair);
    if (this.#stalls) server.pause();
  }

  #carry(from: Socket, to: Socket, pair: readonly [Socket, Socket]): void {
    from.on("data", (bytes) => {
      if (to.write(bytes)) return;
      from.pause();
      to.once("drain", () => {
        if (!this.#stalls || from !== pair[1]) from.resume();
      });
    });
    from.on("error", () => {
      to.destroy();
    });
    from.on("close", () => {
      this.#pairs.delete(pair);
      to.end();
    });
  }
}
