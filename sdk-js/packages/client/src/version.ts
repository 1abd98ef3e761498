/** Told to servers, for their logs. */
export const CLIENT_NAME = "js/0.1.0";
export const PROTOCOL = 1;
