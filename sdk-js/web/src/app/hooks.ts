import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Observable, ParleyClient, PresenceSnapshot, User } from "@parley/client";

/** What every part of the signed-in app needs. */
export interface Workspace {
  readonly client: ParleyClient;
  readonly me: User;
}

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("used outside of the signed-in app");
  return workspace;
}

/** The present value of an observable; the component follows its changes. */
export const useObservable = <T>(observable: Observable<T>): T =>
  useSyncExternalStore(observable.subscribe, observable.getSnapshot);

/** Live presence of these users; asks anew only when the set changes. */
export function usePresence(userIds: readonly string[]): PresenceSnapshot {
  const { client } = useWorkspace();
  const key = [...new Set(userIds)].sort().join(" ");
  const view = useMemo(() => client.presence(key === "" ? [] : key.split(" ")), [client, key]);
  return useObservable(view);
}

/** The wall clock, told each `stepMs`, for texts such as "in 3 s". */
export function useNow(stepMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, stepMs);
    return () => {
      clearInterval(timer);
    };
  }, [stepMs]);
  return nowMs;
}

/** True while the page is in front of somebody: only then is a message "read". */
export const useIsLookedAt = (): boolean => useSyncExternalStore(onAttention, isLookedAt);

const isLookedAt = (): boolean => document.visibilityState === "visible" && document.hasFocus();

function onAttention(listener: () => void): () => void {
  const sources: readonly [EventTarget, string][] = [
    [document, "visibilitychange"],
    [window, "focus"],
    [window, "blur"],
  ];
  for (const [target, event] of sources) target.addEventListener(event, listener);
  return () => {
    for (const [target, event] of sources) target.removeEventListener(event, listener);
  };
}

/** True while the media query holds. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => window.matchMedia(query), [query]);
  return useSyncExternalStore(
    (listener) => {
      list.addEventListener("change", listener);
      return () => {
        list.removeEventListener("change", listener);
      };
    },
    () => list.matches,
  );
}
