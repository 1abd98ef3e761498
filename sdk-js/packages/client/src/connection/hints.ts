/** What the surroundings tell about the network. */
export interface ConnectionHints {
  /** Calls `wake` when a connection has become more likely or should be checked; returns what ends it. */
  watch(wake: () => void): () => void;
}

/** Browsers tell when the network is back and when the page is looked at again; elsewhere nothing does. */
export const platformHints: ConnectionHints = {
  watch(wake) {
    if (typeof window === "undefined" || typeof document === "undefined") return () => undefined;
    const onVisible = (): void => {
      if (document.visibilityState === "visible") wake();
    };
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", onVisible);
    };
  },
};
