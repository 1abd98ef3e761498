import type { CallOptions, ParleyClient } from "../src/index.js";
import { all } from "./stepsMessages.js";
import type { Step } from "./scenario.js";
import type { Action } from "./steps.js";
import type { World } from "./world.js";

const clientOf = (world: World, step: Step): ParleyClient => world.person(step).client;
const idOf = (world: World, step: Step): string => world.channelId(step.text("channel"));
const usersOf = (world: World, step: Step, field = "users"): readonly string[] =>
  step.list(field).map((name) => world.userId(name));

/** The fields of a channel that a step sets. */
function fieldsOf(step: Step) {
  return {
    name: step.optionalText("name"),
    topic: step.optionalText("topic"),
    public: step.flag("public"),
    frozen: step.flag("frozen"),
    slowModeSeconds: step.number("slowModeSeconds"),
  };
}

async function openDirect(world: World, step: Step, options: CallOptions): Promise<unknown> {
  const channel = await clientOf(world, step).openDirect(usersOf(world, step), options);
  world.nameChannel(step.text("channel"), channel.id);
  return channel;
}

async function createChannel(world: World, step: Step, options: CallOptions): Promise<unknown> {
  const { name, topic, public: isPublic } = fieldsOf(step);
  const memberIds = usersOf(world, step, "members");
  const input = { id: idOf(world, step), type: step.optionalText("type"), name, topic, public: isPublic, memberIds };
  return clientOf(world, step).createChannel(input, options);
}

export const channelSteps: Readonly<Record<string, Action>> = {
  createChannel: (world, step, signal) => createChannel(world, step, { signal }),
  openDirect: (world, step, signal) => openDirect(world, step, { signal }),
  channel: (world, step, signal) => clientOf(world, step).channel(idOf(world, step)).get({ signal }),
  updateChannel: (world, step, signal) => {
    const changes = { ...fieldsOf(step), version: step.number("version") };
    return clientOf(world, step).channel(idOf(world, step)).update(changes, { signal });
  },
  deleteChannel: (world, step, signal) => clientOf(world, step).channel(idOf(world, step)).delete({ signal }),
  channels: async (world, step, signal) => ({ items: await all(clientOf(world, step).listChannels({ signal })) }),
  browse: async (world, step, signal) => ({
    items: await all(clientOf(world, step).browseChannels(step.text("prefix"), { signal })),
  }),
  join: (world, step, signal) => clientOf(world, step).channel(idOf(world, step)).join({ signal }),
  leave: (world, step, signal) => clientOf(world, step).channel(idOf(world, step)).leave({ signal }),
  invite: async (world, step, signal) => {
    const channel = clientOf(world, step).channel(idOf(world, step));
    const users = usersOf(world, step);
    return {
      items: await (step.flag("add") ? channel.addMembers(users, { signal }) : channel.invite(users, { signal })),
    };
  },
  remove: (world, step, signal) =>
    clientOf(world, step)
      .channel(idOf(world, step))
      .removeMember(world.userId(step.text("user")), { signal }),
  setRole: (world, step, signal) => {
    const channel = clientOf(world, step).channel(idOf(world, step));
    return channel.setRole(world.userId(step.text("user")), step.text("role"), { signal });
  },
  members: async (world, step, signal) => ({
    items: await all(clientOf(world, step).channel(idOf(world, step)).members({ signal })),
  }),
  markRead: (world, step, signal) => {
    const input = { channelId: idOf(world, step), offset: step.number("offset") };
    return clientOf(world, step).request("markRead", input, { signal });
  },
  markUnread: (world, step, signal) => {
    const input = { channelId: idOf(world, step), offset: step.number("offset") ?? 0 };
    return clientOf(world, step).request("markUnread", input, { signal });
  },
  receipts: async (world, step, signal) => ({
    items: await clientOf(world, step).channel(idOf(world, step)).receipts({ signal }),
  }),
  unread: (world, step, signal) => clientOf(world, step).request("getUnread", {}, { signal }),
  typing: (world, step) => {
    const channel = clientOf(world, step).channel(idOf(world, step));
    if (step.flag("typing")) channel.typing();
    else channel.stopTyping();
    return Promise.resolve({});
  },
  me: async (world, step, signal) => (await clientOf(world, step).request("getMe", {}, { signal })).user,
  updateMe: (world, step, signal) => clientOf(world, step).updateMe({ name: step.optionalText("name") }, { signal }),
  users: async (world, step, signal) => ({
    items: await clientOf(world, step).getUsers(usersOf(world, step), { signal }),
  }),
  revoke: (world, step, signal) =>
    clientOf(world, step).request("revokeSessions", { userId: world.userId(step.text("user")) }, { signal }),
};
