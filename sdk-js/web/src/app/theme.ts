import { Store } from "./store.js";

/** What the user chose; "system" follows the device. */
export type Theme = "system" | "light" | "dark";

const KEY = "parley.theme";

/** The choice, kept in this browser: it says nothing about who uses it. */
export const theme = new Store<Theme>(stored());

/** Shows the chosen theme, now and after every change. */
export function applyTheme(): void {
  const show = (): void => {
    const chosen = theme.getSnapshot();
    if (chosen === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = chosen;
  };
  show();
  theme.subscribe(show);
}

export function chooseTheme(chosen: Theme): void {
  theme.set(chosen);
  try {
    if (chosen === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}
