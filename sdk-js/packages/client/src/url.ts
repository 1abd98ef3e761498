import { ParleyError } from "./base/errors.js";

const SOCKET_PATH = "/v1/ws";

/**
 * The WebSocket address of a server.
 * @throws {@link ParleyError} `INVALID_REQUEST` when it is no http, https, ws or wss address.
 */
export function socketUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^(http|ws)s?:$/.test(url.protocol)) {
    throw new ParleyError("INVALID_REQUEST", `url: expected http(s) or ws(s), got "${address}"`);
  }
  url.protocol = url.protocol.replace("http", "ws");
  if (url.pathname === "/") url.pathname = SOCKET_PATH;
  return url.href;
}
