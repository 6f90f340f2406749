/** A token lives no longer than 14 minutes, and clients ask for the next one when it has ended. Milliseconds. */
export const FRESH_MS = 5 * 60_000;
