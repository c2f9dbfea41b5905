/**
 * Close codes of `/ws`: the session ended (sign in again), the server stops (reconnect), somebody may do more or less
 * than before (reconnect, and ask for the page again). Apart from topics.ts, so that the browser does not load zod for them.
 */
export const closeCodes = {
  signedOut: 4401,
  goingAway: 1001,
  accessChanged: 4410,
  badFrame: 4400,
  slow: 4408,
} as const;
