import type { ReactElement } from "react";

/** Line icons on a 20 x 20 grid. They only decorate: the button around one says what it does. */
const paths = {
  plus: "M10 4.5v11M4.5 10h11",
  search: "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.5 13.5 17 17",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  back: "M11.5 4.5 6 10l5.5 5.5",
  down: "M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5",
  send: "M3.5 10 16.5 4l-3.5 12.5-3.2-5-6.3-1.5ZM9.8 11.5l3.4-3.7",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.2 11.8a3.4 3.4 0 0 0 5.6 0M7.6 8h.01M12.4 8h.01",
  thread:
    "M4 5.5A1.5 1.5 0 0 1 5.5 4h9A1.5 1.5 0 0 1 16 5.5v6a1.5 1.5 0 0 1-1.5 1.5H9l-3.5 3v-3A1.5 1.5 0 0 1 4 11.5v-6ZM7.5 7.5h5M7.5 10h3",
  quote: "M8.5 6.5C6.5 7 5 8.6 5 11v2.5h3.5V10H6.8M15.5 6.5C13.5 7 12 8.6 12 11v2.5h3.5V10h-1.7",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  pin: "M8 3.5h4l-.5 4.5 2.5 2.5v1.5H6v-1.5L8.5 8 8 3.5ZM10 12v4.5",
  people:
    "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 16c0-2.5 2.2-4 5-4s5 1.5 5 4M13 4.3a2.75 2.75 0 0 1 0 5M14.5 12.3c1.8.5 3 1.8 3 3.7",
  invite:
    "M8.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM3.5 16c0-2.5 2.2-4 5-4 1 0 2 .2 2.7.5M15 11.5v5M12.5 14h5",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M3.5 7.5h13M3.5 12.5h13",
  lock: "M6 9.5h8a1 1 0 0 1 1 1V15a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-4.5a1 1 0 0 1 1-1ZM7.5 9.5V7a2.5 2.5 0 0 1 5 0v2.5",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4l2.5 2",
  alert: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.5v4M10 13.5h.01",
  edit: "M4.5 15.5l.5-3 7.5-7.5 2.5 2.5-7.5 7.5-3 .5ZM11 6.5 13.5 9",
  trash: "M4.5 6h11M8 6V4.5h4V6M6 6l.5 10h7L14 6M8.5 9v4M11.5 9v4",
  copy: "M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3",
  unread:
    "M16 8.5V14a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 4 14V7a1.5 1.5 0 0 1 1.5-1.5H11M4.5 7l5.5 4 2.5-1.8M15.5 6h.01",
  leave: "M8.5 16.5H5A1 1 0 0 1 4 15.5v-11a1 1 0 0 1 1-1h3.5M12.5 13.5 16 10l-3.5-3.5M16 10H8",
  retry: "M15.5 10a5.5 5.5 0 1 1-1.8-4.1M15.5 3.5V7H12",
  mic: "M10 12a2.5 2.5 0 0 0 2.5-2.5V6a2.5 2.5 0 0 0-5 0v3.5A2.5 2.5 0 0 0 10 12ZM5 9.5a5 5 0 0 0 10 0M10 14.5V17",
  micOff:
    "M12.5 8.5V6a2.5 2.5 0 0 0-4.7-1.2M7.5 7.5v2a2.5 2.5 0 0 0 4 2M5 9.5a5 5 0 0 0 8.2 3.8M15 9.5c0 .6-.1 1.200-.3 1.700M10 14.500V17M3.500 3.500l13 13",
  camera:
    "M3 7a1.500 1.500 0 0 1 1.500-1.500H11A1.500 1.500 0 0 1 12.500 7v6a1.500 1.500 0 0 1-1.500 1.500H4.500A1.500 1.500 0 0 1 3 13V7ZM12.500 9l4.500-2.500v7L12.500 11",
  cameraOff:
    "M8.500 5.500H11A1.500 1.500 0 0 1 12.500 7v2l4.500-2.500v7M12 14.100c-.3.200-.6.400-1 .400H4.500A1.500 1.500 0 0 1 3 13V7c0-.6.300-1.100.800-1.300M3.500 3.500l13 13",
  screen: "M3.500 4.500h13v9h-13zM7.500 16.500h5M10 13.500v3M10 11V7M8 8.800l2-2 2 2",
  grid: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z",
  stage: "M3.500 4h13v8h-13zM3.500 14.500h3v1.500h-3zM8.500 14.500h3v1.500h-3zM13.500 14.500h3v1.500h-3z",
  stats: "M4 16.500V10M8 16.500V6M12 16.500v-4M16 16.500v-13",
  hangUp: "M3 12.500c4-4 10-4 14 0l-2 2-3-1.500v-2a8 8 0 0 0-4 0v2L5 14.500l-2-2Z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }): ReactElement {
  return (
    <svg
      viewBox="0 0 20 20"
      className={small ? "size-4 shrink-0" : "size-5 shrink-0"}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" || name === "smile" || name === "alert" ? 1.9 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
