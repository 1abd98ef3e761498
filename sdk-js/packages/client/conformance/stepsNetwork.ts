import type { Action } from "./steps.js";

const done = (): Promise<unknown> => Promise.resolve({});

export const networkSteps: Readonly<Record<string, Action>> = {
  connect: async (world, step, signal) => {
    const person = await world.connect(step);
    const session = await person.client.connect({ signal });
    person.connectionMark = person.connections;
    person.tokenMark = person.tokens;
    return { userId: session.user.id, sessionId: session.id };
  },
  guest: async (world, step, signal) => {
    const person = await world.guest(step);
    const session = await person.client.connect({ signal });
    person.connectionMark = person.connections;
    return { userId: session.user.id };
  },
  close: (world, step) => {
    world.person(step).client.close();
    return done();
  },
  kill: (world, step) => {
    world.person(step).proxy.kill();
    return done();
  },
  cut: (world, step) => {
    world.person(step).proxy.cut();
    return done();
  },
  heal: (world, step) => {
    world.person(step).proxy.heal();
    return done();
  },
  stall: (world, step) => {
    world.person(step).proxy.stall();
    return done();
  },
  reconnected: async (world, step, signal) => {
    const person = world.person(step);
    await person.await(() => {
      const { status } = person.client.connection.getSnapshot();
      return person.connections > person.connectionMark && status === "connected" ? undefined : `is ${status}`;
    }, signal);
    person.connectionMark = person.connections;
  },
  sameSession: (world, step) => {
    const { connections, connectionMark } = world.person(step);
    if (connections !== connectionMark) throw new Error(`connected ${connections - connectionMark} times more`);
    return done();
  },
  awaitState: async (world, step, signal) => {
    const person = world.person(step);
    const wanted = step.text("state") === "reconnecting" ? ["waiting", "connecting"] : [step.text("state")];
    await person.await(() => {
      const state = person.client.connection.getSnapshot();
      if (!wanted.includes(state.status)) return `is ${state.status}`;
      const code = state.status === "closed" ? (state.error?.code ?? "") : "";
      return step.text("error") === "" || code === step.text("error") ? undefined : `closed with ${code}`;
    }, signal);
  },
  awaitRefresh: async (world, step, signal) => {
    const person = world.person(step);
    await person.await(() => (person.tokens > person.tokenMark ? undefined : "no token was asked for"), signal);
    person.tokenMark = person.tokens;
  },
  ended: (world, step, signal) => {
    const person = world.person(step);
    return person.await(() => {
      const at = person.endings.indexOf(step.number("code") ?? 0);
      if (at < 0) return `connections ended with [${person.endings.join()}]`;
      person.endings.splice(0, at + 1);
      return undefined;
    }, signal);
  },
  withholdTokens: (world, step) => {
    world.person(step).withholdTokens();
    return done();
  },
  giveTokens: (world, step) => {
    world.person(step).giveTokens();
    return done();
  },
  changeEpoch: (world, step) => world.hook("change-epoch", world.channelId(step.text("channel"))),
  restart: (world) => world.hook("restart"),
  crash: (world) => world.hook("crash"),
};
