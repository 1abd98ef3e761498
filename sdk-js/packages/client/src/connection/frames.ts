import { decodeCtl, decodePush, decodeReply } from "../wire/decode.js";
import { DecodeError, has, object } from "../wire/json.js";
import type { CommandName, Ctl, InputOf, Push, Reply, StreamPosition } from "../wire/types.js";

/** A frame from the server. */
export type ServerFrame =
  | { readonly kind: "reply"; readonly body: Reply }
  | { readonly kind: "push"; readonly body: Push }
  | { readonly kind: "ctl"; readonly body: Ctl };

/** What a client may say about the connection itself. */
export type ClientControl =
  | { readonly ping: { readonly n: number } }
  | { readonly pong: { readonly n: number } }
  | { readonly ack: { readonly streams: readonly StreamPosition[] } };

/** A command as it is sent; id 0 wants no reply. */
export function encodeCommand<C extends CommandName>(
  id: number,
  command: C,
  input: InputOf<C>,
  key: string | undefined,
): string {
  return JSON.stringify({ cmd: { id: id === 0 ? undefined : id, key, [command]: input } });
}

export const encodeControl = (control: ClientControl): string => JSON.stringify({ ctl: control });

/**
 * The frames of one WebSocket message: one, or an array. Frames of kinds that a newer server may send are left out.
 * @throws DecodeError when it is not this protocol.
 */
export function decodeFrames(text: string): readonly ServerFrame[] {
  const value = parse(text);
  const frames: readonly unknown[] = Array.isArray(value) ? value : [value];
  return frames.flatMap((frame) => decodeFrame(frame));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DecodeError("not JSON", { cause });
  }
}

function decodeFrame(value: unknown): readonly ServerFrame[] {
  const from = object(value);
  if (has(from, "reply")) return [{ kind: "reply", body: decodeReply(from["reply"]) }];
  if (has(from, "push")) return [{ kind: "push", body: decodePush(from["push"]) }];
  if (has(from, "ctl")) return [{ kind: "ctl", body: decodeCtl(from["ctl"]) }];
  return [];
}

/** True when the text takes more bytes than a frame may have. */
export function exceedsBytes(text: string, bytesMax: number): boolean {
  return text.length * 3 > bytesMax && new TextEncoder().encode(text).length > bytesMax;
}
