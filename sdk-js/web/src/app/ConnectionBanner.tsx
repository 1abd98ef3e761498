import { useEffect, useState, useSyncExternalStore, type ReactElement } from "react";
import type { ConnectionState } from "@parley/client";
import { Icon } from "../ui/icons.js";
import { useNow, useObservable, useWorkspace } from "./hooks.js";

/** A reconnect that takes less than this is nobody's concern. */
const PATIENCE_MS = 700;

/** What is wrong with the connection. It floats, so that nothing moves; on a narrow page below the title. */
export function ConnectionBanner(): ReactElement {
  const { client } = useWorkspace();
  const state = useObservable(client.connection);
  const isOnline = useSyncExternalStore(onNetwork, () => navigator.onLine);
  const isTroubled = useLasting(state.status !== "connected", PATIENCE_MS);
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-16 z-30 flex justify-center px-3 md:top-3">
      {isTroubled && (
        <div
          data-testid="connection"
          className="flex items-center gap-2 rounded-full border border-line bg-warn-soft px-3.5 py-1.5 text-sm font-medium text-warn-ink shadow-float"
        >
          <Icon name={isOnline ? "retry" : "alert"} small />
          {isOnline ? <Progress state={state} /> : "You are offline. Messages wait until you are back."}
        </div>
      )}
    </div>
  );
}

function Progress({ state }: { readonly state: ConnectionState }): ReactElement {
  const nowMs = useNow(500);
  if (state.status !== "waiting") return <>Connecting…</>;
  const seconds = Math.max(1, Math.ceil((state.retryAtMs - nowMs) / 1_000));
  // The countdown is for eyes; a screen reader would read it out each second.
  return (
    <>
      <span>Reconnecting</span>
      <span aria-hidden="true" className="tabular-nums">
        in {seconds} s
      </span>
    </>
  );
}

/** True once `condition` has held for `delayMs`; false as soon as it does not. */
function useLasting(condition: boolean, delayMs: number): boolean {
  const [since, setSince] = useState(false);
  useEffect(() => {
    if (!condition) return undefined;
    const timer = setTimeout(() => {
      setSince(true);
    }, delayMs);
    return () => {
      clearTimeout(timer);
      setSince(false);
    };
  }, [condition, delayMs]);
  return condition && since;
}

function onNetwork(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
