/** Milliseconds in each unit. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  "µs": 1e-3,
  "μs": 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** What {@link parseDuration} takes as text. */
export const DURATION = /^(?:\d+|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d))+)$/;

/** What is allowed, for messages: "must be ...". */
export const DURATION_IS = "a duration such as 1h30m, 15m, 500ms, 2d or 3600 (seconds)";

/**
 * Milliseconds of a duration as Go writes it (`1h30m`, `500ms`), with `d` for 24 hours as well, or of plain seconds.
 * Throws RangeError for anything else; the message says what is allowed.
 * https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(value: string | number): number {
  if (typeof value === "number") return secondsAsMs(value);
  if (!DURATION.test(value)) throw new RangeError(`${JSON.stringify(value)} must be ${DURATION_IS}`);
  if (/^\d+$/.test(value)) return secondsAsMs(Number(value));
  let ms = 0;
  for (const [, amount, unit] of value.matchAll(/([\d.]+)([a-zµμ]+)/g)) ms += Number(amount) * UNITS[unit!]!;
  return ms;
}

function secondsAsMs(seconds: number): number {
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  throw new RangeError(`${seconds} must be ${DURATION_IS}`);
}
