import { ParleyClient, type ClientOptions } from "../../src/index.js";
import { ManualClock } from "./manualClock.js";
import { seeded } from "./seeds.js";
import { calm, SimNet, type Faults } from "./simNet.js";
import { SimServer } from "./simServer.js";

/** A server, a network and a clock that tests own. */
export class World {
  readonly clock = new ManualClock();
  readonly server = new SimServer();
  readonly net: SimNet;
  readonly random: () => number;

  constructor(seed = 1, faults: Faults = calm()) {
    this.random = seeded(seed);
    this.net = new SimNet(this.clock, this.server, faults);
  }

  /** A client of this user; its hints can be rung by the returned world's {@link wake}. */
  client(user: string, options: Partial<ClientOptions> = {}): ParleyClient {
    return new ParleyClient({
      url: "http://parley.test",
      token: () => user,
      transport: this.net,
      clock: this.clock,
      random: this.random,
      hints: {
        watch: (wake) => {
          this.#wakes.add(wake);
          return () => this.#wakes.delete(wake);
        },
      },
      ...options,
    });
  }

  /** A client that is connected. */
  async connected(user: string, options: Partial<ClientOptions> = {}): Promise<ParleyClient> {
    const client = this.client(user, options);
    const session = client.connect();
    await this.clock.advance(1_000);
    await session;
    return client;
  }

  readonly #wakes = new Set<() => void>();

  /** What a browser tells when the network is back. */
  wake(): void {
    for (const wake of this.#wakes) wake();
  }
}
