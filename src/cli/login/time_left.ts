const MINUTE = 60_000;

/** How long from now, as "1h 5m", "4m", "expired" or "never". Milliseconds. */
export function timeLeft(expiration: number | undefined, now: number): string {
  if (expiration === undefined) return "never";
  if (expiration <= now) return "expired";
  const minutes = Math.floor((expiration - now) / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return minutes === 0 ? "less than a minute" : `${minutes}m`;
  return `${hours}h ${minutes % 60}m`;
}
