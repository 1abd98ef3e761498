import type { World } from "./world.js";
import type { Step } from "./scenario.js";
import { channelSteps } from "./stepsChannels.js";
import { messageSteps } from "./stepsMessages.js";
import { networkSteps } from "./stepsNetwork.js";
import { roomSteps } from "./stepsRooms.js";
import { watchingSteps } from "./stepsWatching.js";

/** What a step does; its result is what `expect` looks at. */
export type Action = (world: World, step: Step, signal: AbortSignal) => Promise<unknown>;

/** Every step by its name. */
export const actions: Readonly<Partial<Record<string, Action>>> = {
  ...channelSteps,
  ...messageSteps,
  ...networkSteps,
  ...roomSteps,
  ...watchingSteps,
};
