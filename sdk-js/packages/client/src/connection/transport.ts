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

/** Opens sockets that carry text messages in order. */
export interface Transport {
  open(url: string, subprotocol: string, events: TransportEvents): TransportSocket;
}

/** The part of the standard WebSocket that is used; the browser's class and that of `ws` have it. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** A WebSocket class. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;
