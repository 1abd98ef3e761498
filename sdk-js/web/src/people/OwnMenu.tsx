import { DropdownMenu as Menu } from "radix-ui";
import { useState, type ReactElement } from "react";
import type { PresenceState } from "@parley/client";
import { useObservable, usePresence, useWorkspace } from "../app/hooks.js";
import { attempt, notify } from "../app/notices.js";
import { signOut } from "../app/session.js";
import { chooseTheme, theme, type Theme } from "../app/theme.js";
import { Avatar, presenceWords } from "../ui/Avatar.js";
import { Icon } from "../ui/icons.js";
import { menuItem, menuLabel, menuLine, menuPanel, menuRoot } from "../ui/menu.js";
import { StatusDialog } from "./StatusDialog.js";

const states = ["ONLINE", "AWAY", "INVISIBLE"] as const satisfies readonly PresenceState[];
const themes = { system: "Like the device", light: "Light", dark: "Dark" } as const satisfies Record<Theme, string>;

/** The user: how others see them, how the page looks, and the way out. */
export function OwnMenu(): ReactElement {
  const { client, me } = useWorkspace();
  const [isEditing, setIsEditing] = useState(false);
  const presence = usePresence([me.id])[me.id];
  const state = presence?.state ?? "OFFLINE";
  const status = presence?.status ?? "";
  const choose = (value: string): void => {
    const chosen = states.find((name) => name === value);
    if (chosen) attempt(() => client.setPresence({ state: chosen }));
  };
  return (
    <>
      <Menu.Root modal={false}>
        <Trigger state={state} status={status} />
        <Menu.Portal container={menuRoot()}>
          <Menu.Content side="top" align="start" sideOffset={8} collisionPadding={8} className={`${menuPanel} w-64`}>
            <Menu.Label className={menuLabel}>Others see you as</Menu.Label>
            <Choice value={state} options={states.map((name) => [name, presenceWords[name]])} onChoose={choose} />
            <Menu.Item
              className={menuItem}
              onSelect={() => {
                setIsEditing(true);
              }}
            >
              <Icon name="edit" small />
              Set a status…
            </Menu.Item>
            <Menu.Separator className={menuLine} />
            <Appearance />
            <Menu.Separator className={menuLine} />
            <Menu.Item
              className={menuItem}
              onSelect={() => {
                attempt(() => copyId(me.id));
              }}
            >
              <Icon name="copy" small />
              <span className="min-w-0 truncate">Copy your ID ({me.id})</span>
            </Menu.Item>
            <Menu.Item className={menuItem} onSelect={signOut}>
              <Icon name="leave" small />
              Sign out
            </Menu.Item>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      {isEditing && (
        <StatusDialog
          status={status}
          onClose={() => {
            setIsEditing(false);
          }}
        />
      )}
    </>
  );
}

function Trigger({ state, status }: { readonly state: PresenceState; readonly status: string }): ReactElement {
  const { me } = useWorkspace();
  return (
    <Menu.Trigger className="flex w-full items-center gap-3 rounded-xl px-2 py-1.5 text-left outline-offset-[-2px] transition-colors hover:bg-hover data-[state=open]:bg-hover">
      <Avatar id={me.id} name={me.name} presence={state} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-semibold">{me.name}</span>
        <span className="block truncate text-[0.8125rem] text-ink-soft">{status || presenceWords[state]}</span>
      </span>
      <span className="sr-only">Your menu</span>
      <span className="text-ink-faint">
        <Icon name="more" />
      </span>
    </Menu.Trigger>
  );
}

async function copyId(id: string): Promise<void> {
  await navigator.clipboard.writeText(id);
  notify("Your ID is copied");
}

function Appearance(): ReactElement {
  const chosen = useObservable(theme);
  return (
    <>
      <Menu.Label className={menuLabel}>Appearance</Menu.Label>
      <Choice
        value={chosen}
        options={Object.entries(themes)}
        onChoose={(value) => {
          chooseTheme(value as Theme);
        }}
      />
    </>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function Choice({ value, options, onChoose }: ChoiceProps): ReactElement {
  return (
    <Menu.RadioGroup value={value} onValueChange={onChoose}>
      {options.map(([name, text]) => (
        <Menu.RadioItem key={name} value={name} className={menuItem}>
          <span className="flex size-4 items-center justify-center text-accent">
            <Menu.ItemIndicator>
              <Icon name="check" small />
            </Menu.ItemIndicator>
          </span>
          {text}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
