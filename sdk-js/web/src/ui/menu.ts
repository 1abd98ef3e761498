/** How every menu of the app looks; behaviour and roles come from Radix. Not modal: that would add a style element. */
export const menuPanel =
  "z-50 min-w-52 rounded-xl border border-line bg-raised p-1.5 text-sm text-ink shadow-float outline-none";

export const menuItem =
  "flex min-h-9 w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50";

export const menuLabel = "px-2.5 pt-2 pb-1 text-xs font-semibold text-ink-faint";

export const menuLine = "my-1.5 h-px bg-line";

const ROOT = "menus";

/** Props of the landmark that menus live in: outside of any, some screen readers would not find them. */
export const menuRegion = { id: ROOT, role: "region", "aria-label": "Menus" } as const;

export const menuRoot = (): HTMLElement | null => document.getElementById(ROOT);
