import { describe, expect, it } from "vitest";
import { mismatch, textOf, type Json } from "./match.js";
import { scenarios, type Scenario } from "./scenario.js";
import { actions } from "./steps.js";
import { World } from "./world.js";

const environment = { url: process.env["PARLEY_URL"] ?? "", hook: process.env["PARLEY_HOOK"] ?? "" };
const isLive = environment.url !== "" && environment.hook !== "";
const SCENARIO_TIMEOUT_MS = 300_000;

/** RUN picks scenarios by a pattern of their file names. */
const chosen = scenarios().filter(({ file }) => new RegExp(process.env["RUN"] ?? "").test(file));
const byFile = (all: readonly Scenario[]): [string, Scenario][] => all.map((one) => [`${one.file} (${one.name})`, one]);

describe("scenarios", () => {
  it.each(byFile(scenarios()))("%s uses only steps that exist", (_, { steps }) => {
    for (const step of steps) expect(actions).toHaveProperty(textOf(step["do"]));
  });
});

describe.runIf(isLive)("conformance", () => {
  const options = { timeout: SCENARIO_TIMEOUT_MS };
  const play = async (_: string, scenario: Scenario): Promise<void> => {
    await new World(environment).play(scenario);
  };
  it.each(byFile(chosen.filter(({ alone }) => alone)))("%s", options, play);
  it.concurrent.each(byFile(chosen.filter(({ alone }) => !alone)))("%s", options, play);
});

describe("patterns", () => {
  const value = { a: 1, b: "12", list: [{ k: "x" }, { k: "y" }], deep: { on: true } };
  it.each<[Json, boolean]>([
    [{ a: 1 }, true],
    [{ a: "1", b: 12 }, true],
    [{ a: 2 }, false],
    [{ gone: false, none: "", no: [] }, true],
    [{ gone: true }, false],
    [{ list: [{ k: "x" }] }, false],
    [{ list: [{ k: "x" }, {}] }, true],
    [{ list: { $has: [{ k: "y" }] } }, true],
    [{ list: { $has: [{ k: "z" }] } }, false],
    [{ a: { $min: 1 }, b: { $any: true } }, true],
    [{ a: { $min: 2 } }, false],
    [{ a: { $absent: true } }, false],
    [{ gone: { $absent: true } }, true],
    [{ gone: { $any: true } }, false],
    [{ deep: { on: true } }, true],
  ])("%j", (pattern, fits) => {
    expect(mismatch(pattern, value) === undefined).toBe(fits);
  });
});
