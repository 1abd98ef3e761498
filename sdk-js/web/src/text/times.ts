const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const withYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const DAY_MS = 86_400_000;

/** For where there is hardly any room: without "AM" and "PM". */
export const shortTimeOf = (date: Date): string => clock.format(date).replace(/\s?[AP]M$/i, "");

export const timeOf = (date: Date): string => clock.format(date);
/** Date and time in little room. */
export const momentOf = (date: Date): string => moment.format(date);
export const fullTimeOf = (date: Date): string => full.format(date);
export const isSameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** "Today", "Yesterday", a weekday within this year, else the date. */
export function dayOf(date: Date, now: Date): string {
  if (isSameDay(date, now)) return "Today";
  if (isSameDay(date, new Date(now.getTime() - DAY_MS))) return "Yesterday";
  return (date.getFullYear() === now.getFullYear() ? weekday : withYear).format(date);
}
