import type { Random } from "./host.ts";

/** Jitter and identifiers. */
export const random: Random = {
  fraction: () => Math.random(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
