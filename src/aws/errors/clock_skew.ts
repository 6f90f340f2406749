import type { Needs } from "../../host/host.ts";

/** Signatures of others than this program, and how long credentials seem to last, are wrong from here on. */
const NOTEWORTHY_MS = 5 * 60_000;

/** Two clocks that differ, in milliseconds since the epoch. */
export interface ClockGap {
  readonly ours: number;
  readonly theirs: number;
}

export interface WatchedClock<H> {
  /** The same host, whose answers are looked at. */
  readonly host: H;
  /** What the last answer with a date says; undefined when the clocks agree, or no one knows. */
  gap(): ClockGap | undefined;
  /** What the last answer with a date says, however small the difference; undefined when none came. */
  last(): ClockGap | undefined;
}

/** A host that notes from the answers of AWS whether this machine's clock is right. */
export function watchClock<H extends Needs<"net" | "clock">>(host: H): WatchedClock<H> {
  let last: ClockGap | undefined;
  const net: H["net"] = {
    ...host.net,
    async fetch(request) {
      const answer = await host.net.fetch(request);
      const theirs = Date.parse(answer.headers["date"] ?? "");
      if (!Number.isNaN(theirs)) last = { ours: host.clock.now(), theirs };
      return answer;
    },
  };
  const gap = () => last !== undefined && Math.abs(last.ours - last.theirs) > NOTEWORTHY_MS ? last : undefined;
  return { host: { ...host, net }, gap, last: () => last };
}

/** Completes a sentence about a clock that is wrong. */
export function bothClocks({ ours, theirs }: ClockGap): string {
  return `this machine's clock says ${utc(ours)}, AWS's says ${utc(theirs)}`;
}

/** What to do about it. */
export const SET_CLOCK = "Set this machine's clock, e.g. with timedatectl set-ntp true";

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
