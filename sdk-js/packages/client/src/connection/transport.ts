import { ParleyError } from "../base/errors.js";

/** What a transport tells its user; after `closed` it tells nothing more. */
export interface TransportEvents {
  opened(): void;
  /** One WebSocket text message. */
  message(text: string): void;
  /** The socket is gone. 1006 = without a close frame. */
  closed(code: number, reason: string): void;
}

/** One connection attempt and what comes of it. */
export interface TransportSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Opens sockets that carry text messages in order. Never calls an event before `open` has returned. */
export interface Transport {
  open(url: string, subprotocol: string, events: TransportEvents): TransportSocket;
}

/** The part of the standard WebSocket that is used; the browser's class and that of `ws` have it. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

/** A WebSocket class. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** A transport of WebSockets of this class. */
export function webSocketTransport(WebSocketClass: WebSocketConstructor): Transport {
  return {
    open(url, subprotocol, events) {
      const socket = new WebSocketClass(url, [subprotocol]);
      socket.addEventListener("open", () => {
        events.opened();
      });
      socket.addEventListener("message", ({ data }) => {
        events.message(typeof data === "string" ? data : "");
      });
      socket.addEventListener("close", ({ code, reason }) => {
        events.closed(code, reason);
      });
      // A failure is always followed by "close", which tells all there is; without a listener `ws` would throw.
      socket.addEventListener("error", () => undefined);
      return {
        send: (text) => {
          socket.send(text);
        },
        close: (code, reason) => {
          socket.close(code, reason);
        },
      };
    },
  };
}

/** The given class, else the platform's. */
export function defaultTransport(WebSocketClass: WebSocketConstructor | undefined): Transport {
  const platform = (globalThis as { readonly WebSocket?: WebSocketConstructor }).WebSocket;
  const chosen = WebSocketClass ?? platform;
  if (chosen) return webSocketTransport(chosen);
  throw new ParleyError("INVALID_REQUEST", 'this platform has no WebSocket: pass { WebSocket } from "ws"');
}
