import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeMedia, launch } from "./person.js";
import { Server } from "./server.js";

const PATIENCE_MS = 60_000;
const FRAMES = 60;

let server: Server;
let browser: Browser;

/** What a page keeps of its session between two calls of a test. */
interface Session {
  connection: RTCPeerConnection;
  location: string;
}
declare global {
  interface Window {
    session: Session;
  }
}

beforeAll(async () => {
  server = await Server.start();
  browser = await launch(fakeMedia);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function guest(name: string): Promise<string> {
  const answer = await fetch(`${server.url}/v1/guests`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name }),
  });
  return ((await answer.json()) as { token: string }).token;
}

async function call(token: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** A page that knows nothing of Parley: standard WebRTC, and one HTTP request (RFC 9725). */
async function open(kind: "whip" | "whep", room: string, token: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${server.url}/docs/`);
  await page.evaluate(
    async ([kind, room, token]) => {
      const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
      if (kind === "whip") {
        const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
        for (const track of media.getTracks()) connection.addTransceiver(track, { direction: "sendonly" });
      } else {
        connection.addTransceiver("audio", { direction: "recvonly" });
        connection.addTransceiver("video", { direction: "recvonly" });
      }
      await connection.setLocalDescription();
      const answer = await fetch(`/v1/rooms/${room}/${kind}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/sdp" },
        body: connection.localDescription?.sdp ?? "",
      });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
      await connection.setRemoteDescription({ type: "answer", sdp: await answer.text() });
      window.session = { connection, location: answer.headers.get("Location") ?? "" };
    },
    [kind, room, token] as const,
  );
  return page;
}

/** Awaits that the page has decoded that many frames of video, and hears something. */
async function seesAndHears(page: Page, frames: number): Promise<void> {
  await page.waitForFunction(
    async (frames) => {
      let seen = 0;
      let heard = 0;
      for (const report of (
        await window.session.connection.getStats()
      ).values() as Iterable<RTCInboundRtpStreamStats>) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "video") seen += report.framesDecoded ?? 0;
        else heard += report.totalAudioEnergy ?? 0;
      }
      return seen >= frames && heard > 0;
    },
    frames,
    { timeout: PATIENCE_MS, polling: 200 },
  );
}

describe("plain HTTP clients", () => {
  it("publish by WHIP and watch by WHEP, through the control plane and a media node", async () => {
    const host = await guest("Host");
    const viewer = await guest("Viewer");
    const room = `stage-${Date.now().toString(36)}`;
    expect((await call(host, "POST", "/v1/rooms", { id: room, name: "Stage" })).status).toBe(201);
    const sender = await open("whip", room, host);
    const watchers = [await open("whep", room, viewer), await open("whep", room, viewer)];
    for (const watcher of watchers) await seesAndHears(watcher, FRAMES);

    const { participants } = (await (await call(viewer, "GET", `/v1/rooms/${room}`)).json()) as {
      participants: { id: string; name: string; state?: string; tracks?: { kind?: string }[] }[];
    };
    expect(participants.map((who) => who.name)).toEqual(["Host", "Viewer", "Viewer"]);
    expect(participants[0]?.tracks?.map((track) => track.kind ?? "MICROPHONE").sort()).toEqual([
      "CAMERA",
      "MICROPHONE",
    ]);

    const location = await sender.evaluate(() => window.session.location);
    expect(location).toBe(`/v1/rooms/${room}/whip/${participants[0]?.id ?? ""}`);
    expect((await call(viewer, "DELETE", location)).status).toBe(403);
    expect((await call(host, "DELETE", location)).status).toBe(200);
    await sender.waitForFunction(() => window.session.connection.connectionState !== "connected");
    await sender.close();
    for (const watcher of watchers) await watcher.close();
  });

  it("are refused as everybody is", async () => {
    const stranger = await guest("Stranger");
    const offer = (token: string, path: string, type = "application/sdp", body = "v=0"): Promise<Response> =>
      fetch(server.url + path, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
        body,
      });
    expect((await offer(stranger, "/v1/rooms/nowhere/whip")).status).toBe(404);
    expect((await offer("nonsense", "/v1/rooms/nowhere/whip")).status).toBe(401);
    expect((await call(stranger, "GET", "/v1/rooms/nowhere/whip")).status).toBe(405);
    expect((await call(stranger, "PATCH", "/v1/rooms/nowhere/whip/p-1", {})).status).toBe(405);
    await call(stranger, "POST", "/v1/rooms", { id: "mine" });
    const refused = await offer(stranger, "/v1/rooms/mine/whip");
    expect(((await refused.json()) as { name: string }).name).toBe("INVALID_OFFER");
    expect((await offer(stranger, "/v1/rooms/mine/whip", "application/json", "{}")).status).toBe(415);
  });
});
