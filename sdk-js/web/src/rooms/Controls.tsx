import { useEffect, type ReactElement } from "react";
import { Icon, type IconName } from "../ui/icons.js";

/** What can be done in a meeting. */
export interface MeetingActions {
  readonly toggleMicrophone: () => void;
  readonly toggleCamera: () => void;
  readonly toggleScreen: () => void;
  readonly leave: () => void;
}

export interface ControlsProps extends MeetingActions {
  readonly isHeard: boolean;
  readonly isSeen: boolean;
  readonly isSharing: boolean;
}

/** The bar below; each button has a key of its own, told by its title. */
export function Controls(props: ControlsProps): ReactElement {
  const { isHeard, isSeen, isSharing } = props;
  useKeys(props);
  return (
    <footer aria-label="Controls" className="flex shrink-0 justify-center gap-2 px-3 pt-1 pb-3">
      <Control
        icon={isHeard ? "mic" : "micOff"}
        label={isHeard ? "Mute" : "Unmute"}
        keys="Alt+M"
        isOff={!isHeard}
        onClick={props.toggleMicrophone}
      />
      <Control
        icon={isSeen ? "camera" : "cameraOff"}
        label={isSeen ? "Stop camera" : "Start camera"}
        keys="Alt+V"
        isOff={!isSeen}
        onClick={props.toggleCamera}
      />
      <Control
        icon="screen"
        label={isSharing ? "Stop sharing" : "Share screen"}
        keys="Alt+S"
        isOn={isSharing}
        onClick={props.toggleScreen}
      />
      <Control icon="hangUp" label="Leave" keys="Alt+L" isLeave onClick={props.leave} />
    </footer>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string;
  readonly isOff?: boolean;
  readonly isOn?: boolean;
  readonly isLeave?: boolean;
  readonly onClick: () => void;
}

function Control({ icon, label, keys, isOff, isOn, isLeave, onClick }: ControlProps): ReactElement {
  const look = isLeave
    ? "bg-danger text-surface hover:brightness-110"
    : isOff
      ? "bg-danger-soft text-danger hover:brightness-95"
      : isOn
        ? "bg-accent text-on-accent hover:bg-accent-strong"
        : "border border-line bg-raised text-ink hover:bg-hover";
  return (
    <button
      type="button"
      title={`${label} (${keys})`}
      aria-label={label}
      aria-keyshortcuts={keys}
      onClick={onClick}
      className={`inline-flex h-12 min-w-14 items-center justify-center gap-2 rounded-xl px-4 text-sm font-semibold transition-colors ${look}`}
    >
      <Icon name={icon} />
      <span className="max-md:sr-only">{label}</span>
    </button>
  );
}

function useKeys({ toggleMicrophone, toggleCamera, toggleScreen, leave }: MeetingActions): void {
  useEffect(() => {
    const actions: Readonly<Record<string, () => void>> = {
      KeyM: toggleMicrophone,
      KeyV: toggleCamera,
      KeyS: toggleScreen,
      KeyL: leave,
    };
    const pressed = (event: KeyboardEvent): void => {
      const action = event.altKey && !event.ctrlKey && !event.metaKey ? actions[event.code] : undefined;
      if (!action || event.repeat) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", pressed);
    };
  }, [toggleMicrophone, toggleCamera, toggleScreen, leave]);
}
