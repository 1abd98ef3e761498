import type { Observable } from "@parley/client";
import { noteOpener } from "./opener.js";

/** What is open beside the messages. */
export type Panel =
  { readonly kind: "thread"; readonly messageId: string } | { readonly kind: "members" } | { readonly kind: "pins" };

/** What is shown, kept in the address: it survives a reload, can be linked to, and "back" means back. */
export interface Route {
  readonly channelId: string | undefined;
  readonly panel: Panel | undefined;
  /** A room for audio and video; then there is no channel. */
  readonly roomId?: string | undefined;
}

/**
 * `#/c/CHANNEL`, `#/c/CHANNEL/members`, `#/c/CHANNEL/pins`, `#/c/CHANNEL/thread/MESSAGE`, `#/room/ROOM`; anything else
 * is the start.
 */
export function parseRoute(hash: string): Route {
  const [kind, channel, panel, message] = hash.replace(/^#\//, "").split("/").map(decoded);
  if (kind === "room" && channel) return { channelId: undefined, panel: undefined, roomId: channel };
  if (kind !== "c" || !channel) return { channelId: undefined, panel: undefined };
  if (panel === "thread" && message) return { channelId: channel, panel: { kind: "thread", messageId: message } };
  if (panel === "members" || panel === "pins") return { channelId: channel, panel: { kind: panel } };
  return { channelId: channel, panel: undefined };
}

export function formatRoute({ channelId, panel, roomId }: Route): string {
  if (roomId !== undefined) return `#/room/${encodeURIComponent(roomId)}`;
  if (channelId === undefined) return "#/";
  const base = `#/c/${encodeURIComponent(channelId)}`;
  if (!panel) return base;
  return panel.kind === "thread" ? `${base}/thread/${encodeURIComponent(panel.messageId)}` : `${base}/${panel.kind}`;
}

let current = { hash: "", route: parseRoute("") };

/** The present route; the same object while the address stays. */
export const route: Observable<Route> = {
  getSnapshot: () => {
    const { hash } = location;
    if (hash !== current.hash) current = { hash, route: parseRoute(hash) };
    return current.route;
  },
  subscribe: (listener) => {
    window.addEventListener("hashchange", listener);
    return () => {
      window.removeEventListener("hashchange", listener);
    };
  },
};

export function openChannel(channelId: string | undefined): void {
  location.hash = formatRoute({ channelId, panel: undefined });
}

export function openRoom(roomId: string): void {
  location.hash = formatRoute({ channelId: undefined, panel: undefined, roomId });
}

export function openPanel(panel: Panel | undefined): void {
  if (panel) noteOpener(); // the address changes later
  location.hash = formatRoute({ channelId: parseRoute(location.hash).channelId, panel });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
