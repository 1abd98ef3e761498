import { lazy, Suspense, useEffect, useMemo, useState, type ReactElement } from "react";
import { named } from "../people/names.js";
import { SignIn } from "../people/SignIn.js";
import { Notices } from "../ui/Notices.js";
import { useObservable, WorkspaceContext } from "./hooks.js";
import { route } from "./route.js";
import { keptToken, signedIn, signIn } from "./session.js";
import { Shell } from "./Shell.js";

/** Only who meets loads what it takes. */
const RoomPage = lazy(() => import("../rooms/RoomPage.js"));

/** Signed in: the chat. Else: the sign-in page; in between, nothing that could flash. */
export function App(): ReactElement {
  const current = useObservable(signedIn);
  const { roomId } = useObservable(route);
  const isResuming = useResume();
  const workspace = useMemo(() => current && { client: current.client, me: named(current.session.user) }, [current]);
  if (workspace) {
    return (
      <WorkspaceContext value={workspace}>
        {roomId === undefined ? (
          <Shell />
        ) : (
          <Suspense fallback={<Resuming />}>
            <RoomPage key={roomId} roomId={roomId} />
          </Suspense>
        )}
        <Notices />
      </WorkspaceContext>
    );
  }
  return isResuming ? <Resuming /> : <SignIn />;
}

/** After a reload the tab continues with its token; true until that is decided. */
function useResume(): boolean {
  const [isResuming, setIsResuming] = useState(() => keptToken() !== undefined);
  useEffect(() => {
    const token = keptToken();
    if (token === undefined) return undefined;
    const stop = new AbortController();
    signIn(token, stop.signal)
      .catch(() => undefined) // the sign-in page tells why
      .finally(() => {
        if (!stop.signal.aborted) setIsResuming(false);
      });
    return () => {
      stop.abort();
    };
  }, []);
  return isResuming;
}

function Resuming(): ReactElement {
  return (
    <main className="grid h-full place-items-center">
      <h1 className="sr-only">Parley</h1>
      <p role="status" className="text-sm text-ink-soft">
        Connecting…
      </p>
    </main>
  );
}
