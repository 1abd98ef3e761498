/** Who gets the focus back when a panel closes. */
export interface Opener {
  readonly element: Element | null;
  /** Of the message that it belongs to: its buttons exist only while it is active. */
  readonly messageKey: string | undefined;
}

let noted: Opener | undefined;

/** Call when a panel is asked for: until it shows, the focus may have moved on. */
export function noteOpener(): void {
  noted = present();
}

/** Who asked for the panel that shows now; without a note, who has the focus. */
export function takeOpener(): Opener {
  const opener = noted ?? present();
  noted = undefined;
  return opener;
}

/** To the opener; to its message when the buttons of that have gone; else to the conversation. */
export function giveFocusBack({ element, messageKey }: Opener): void {
  if (document.activeElement !== document.body) return; // somebody else has it already
  const places = [
    element === document.body ? null : element,
    messageKey === undefined ? null : document.querySelector(`[data-key="${CSS.escape(messageKey)}"]`),
    document.getElementById("conversation"),
  ];
  for (const place of places) {
    if (!(place instanceof HTMLElement)) continue;
    place.focus();
    if (document.activeElement === place) return;
  }
}

const present = (): Opener => ({
  element: document.activeElement,
  messageKey: document.activeElement?.closest<HTMLElement>("[data-key]")?.dataset["key"],
});
