import { describe, expect, it } from "vitest";
import { mentionAt, mentionedIn, suggestions } from "./mentions.js";

const people = [
  { userId: "u1", name: "Ada" },
  { userId: "u2", name: "Ada Lovelace" },
  { userId: "u3", name: "Grace Hopper" },
];

describe("mentionAt", () => {
  it.each([
    ["@", 1, { start: 0, query: "" }],
    ["hi @ad", 6, { start: 3, query: "ad" }],
    ["hi @ada lo", 10, { start: 3, query: "ada lo" }],
  ])("finds what is typed in '%s'", (text, caret, expected) => {
    expect(mentionAt(text, caret)).toEqual(expected);
  });
  it.each([
    ["a@b.example", 5],
    ["hi @ad there you are", 20],
    ["@ad", 0],
  ])("finds nothing in '%s'", (text, caret) => {
    expect(mentionAt(text, caret)).toBeUndefined();
  });
});

describe("suggestions", () => {
  it("prefers names that begin with the query to later words", () => {
    expect(suggestions([...people, { userId: "u4", name: "Hope" }], "hop").map(({ name }) => name)).toEqual([
      "Hope",
      "Grace Hopper",
    ]);
  });
});

describe("mentionedIn", () => {
  it("does not find Ada in Ada Lovelace", () => {
    expect(mentionedIn("@Ada Lovelace hello", people, new Map())).toEqual(["u2"]);
  });
  it("takes the one that was picked where two share a name", () => {
    const twins = [
      { userId: "a", name: "Sam" },
      { userId: "b", name: "Sam" },
    ];
    expect(mentionedIn("@Sam", twins, new Map([["Sam", "b"]]))).toEqual(["b"]);
  });
});
