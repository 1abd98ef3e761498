import { describe, expect, it } from "vitest";
import { isOnlyEmoji, parseMessage, plainText, type Inline } from "./markdown.js";

const inlines = (text: string, names: Readonly<Record<string, string>> = {}): readonly Inline[] => {
  const mentioned = Object.entries(names).map(([userId, name]) => ({ userId, name }));
  return parseMessage(text, mentioned).flatMap((block) => (block.kind === "text" ? block.inlines : []));
};
const text = (value: string): Inline => ({ kind: "text", text: value });

describe("parseMessage", () => {
  it("leaves plain text as it is, also what looks like HTML", () => {
    const hostile = `<img src=x onerror="alert(1)"> & 2 * 3 * 4 snake_case_name`;
    expect(inlines(hostile)).toEqual([text(hostile)]);
  });

  it("knows bold, italic and code", () => {
    expect(inlines("a **b** *c* _d_ `e*f*`")).toEqual([
      text("a "),
      { kind: "strong", children: [text("b")] },
      text(" "),
      { kind: "em", children: [text("c")] },
      text(" "),
      { kind: "em", children: [text("d")] },
      text(" "),
      { kind: "code", text: "e*f*" },
    ]);
  });

  it("keeps the lines of a fence and drops its language", () => {
    expect(parseMessage("see\n```ts\nlet a = *1*;\n\nb\n```\nend", [])).toEqual([
      { kind: "text", inlines: [text("see")] },
      { kind: "code", text: "let a = *1*;\n\nb" },
      { kind: "text", inlines: [text("end")] },
    ]);
  });

  it.each([
    ["https://a.example/x.", "https://a.example/x"],
    ["(https://a.example/x)", "https://a.example/x"],
    ["https://a.example/x_(y)", "https://a.example/x_(y)"],
    ["http://a.example?q=1&r=2, and", "http://a.example?q=1&r=2"],
  ])("links %s without the punctuation around it", (written, href) => {
    expect(inlines(written).find(({ kind }) => kind === "link")).toEqual({ kind: "link", text: href, href });
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "https://", "ftp://a.example"])("never links %s", (written) => {
    expect(inlines(written).some(({ kind }) => kind === "link")).toBe(false);
  });

  it("marks only those who are mentioned, the longest name first", () => {
    expect(inlines("@Ada Lovelace, @Ada and @Bob", { u1: "Ada", u2: "Ada Lovelace" })).toEqual([
      { kind: "mention", text: "@Ada Lovelace", userId: "u2" },
      text(", "),
      { kind: "mention", text: "@Ada", userId: "u1" },
      text(" and @Bob"),
    ]);
  });

  it.each(["*", "_", "`", "**", "[", "https://", "```", "*a"])("reads 16 KiB of %s in no time", (mark) => {
    const began = performance.now();
    parseMessage(mark.repeat(16_384 / mark.length), []);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("isOnlyEmoji", () => {
  it.each(["🎉", "👍🏽", "👩‍💻 🚀", "❤️"])("is true for %s", (value) => {
    expect(isOnlyEmoji(value)).toBe(true);
  });
  it.each(["", "ok 👍", "🎉🎉🎉🎉", "12"])("is false for '%s'", (value) => {
    expect(isOnlyEmoji(value)).toBe(false);
  });
});

describe("plainText", () => {
  it("keeps the words, without marks and on one line", () => {
    expect(plainText("The **new _quay_**\nopens: `10:00`\n```js\nopen()\n```")).toBe(
      "The new quay opens: 10:00 open()",
    );
    expect(plainText("")).toBe("");
  });
});
