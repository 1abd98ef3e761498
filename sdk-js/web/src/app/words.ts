import { errorCodes, ParleyError, type ParleyErrorName } from "@parley/client";

/** What a person can make of a refusal; names that are missing here are told in the catalogue's own words. */
const plain: Partial<Record<ParleyErrorName, string>> = {
  TOKEN_MISSING: "Please sign in again.",
  TOKEN_EXPIRED: "Your session has ended. Please sign in again.",
  TOKEN_INVALID: "The server does not accept this token.",
  TOKEN_REVOKED: "This session was ended. Please sign in again.",
  TOKEN_PROVIDER: "Your session has ended. Please sign in again.",
  FORBIDDEN: "You are not allowed to do this here.",
  NOT_A_MEMBER: "You are not a member of this channel.",
  NOT_INVITED: "This channel can be joined by invitation only.",
  CHANNEL_FROZEN: "This channel is frozen: nobody can write in it at the moment.",
  CHANNEL_NOT_FOUND: "There is no such channel, or it is not open to you.",
  MESSAGE_NOT_FOUND: "This message is no longer there.",
  MESSAGE_DELETED: "This message was deleted.",
  USER_NOT_FOUND: "Nobody here has this ID.",
  ROOM_NOT_FOUND: "There is no such room, or it has ended.",
  PARTICIPANT_NOT_FOUND: "They have left the room.",
  NOT_IN_ROOM: "You are no longer in this room.",
  ROOM_EXISTS: "A room with this ID exists already.",
  ROOM_FULL: "The room is full.",
  NO_MEDIA_NODE: "No media server is free to carry the call.",
  CHANNEL_EXISTS: "A channel with this ID exists already.",
  ALREADY_MEMBER: "They are a member already.",
  LAST_OWNER: "A channel must keep one owner: make somebody else an owner first.",
  PRECONDITION_FAILED: "Somebody else changed this meanwhile. Please look again.",
  PAYLOAD_TOO_LARGE: "This is too long to send.",
  INVALID_REQUEST: "Something here is not as it should be.",
  PIN_LIMIT: "This channel has as many pinned messages as it can hold.",
  REACTION_LIMIT: "This message has as many kinds of reactions as it can hold.",
  MEMBER_LIMIT: "This channel is full.",
  GUEST_LIMIT: "Too many guests came from your network.",
  BANNED: "You cannot use this server.",
  NOT_CONFIRMED: "No answer came back. It may or may not have arrived; trying again is safe.",
  CLOSED: "You are signed out.",
  QUEUE_FULL: "Too much is waiting to be sent.",
  UNAVAILABLE: "The server cannot be reached.",
  INTERNAL: "Something went wrong on the server.",
  BAD_SERVER: "The server sent something that this page does not understand.",
  SLOW_MODE: "Slow mode is on in this channel.",
  RATE_LIMITED: "That was a little too fast.",
};

/** A failure in words for people: what happened, how long to wait, and the reference for whoever runs the server. */
export function words(error: unknown): string {
  if (!(error instanceof ParleyError)) return "Something went wrong in this page.";
  return [sentence(error), violationsOf(error), waitOf(error), referenceOf(error)].filter(Boolean).join(" ");
}

function sentence({ code }: ParleyError): string {
  const known = plain[code];
  if (known) return known;
  return code in errorCodes ? `${errorCodes[code as keyof typeof errorCodes].title}.` : "Something went wrong.";
}

const violationsOf = ({ violations }: ParleyError): string =>
  violations
    .slice(0, 3)
    .map(({ field, allowed }) => `${field}: ${allowed}.`)
    .join(" ");

function waitOf({ afterMs, retry }: ParleyError): string {
  if (afterMs <= 0) return retry === "after" ? "Please try again in a moment." : "";
  const seconds = Math.ceil(afterMs / 1_000);
  return seconds === 1 ? "Try again in a second." : `Try again in ${seconds} seconds.`;
}

const referenceOf = ({ code, ref }: ParleyError): string => (code === "INTERNAL" && ref ? `Reference: ${ref}` : "");
