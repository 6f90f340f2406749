import { bothClocks, type ClockGap, SET_CLOCK } from "../../aws/errors/clock_skew.ts";
import type { LoginUi } from "./login_host.ts";

/** A login takes AWS's time for its own calls, and holds; what is signed and judged later goes by this machine's. */
export function warnOfClock(ui: LoginUi, gap: ClockGap | undefined): void {
  if (gap === undefined) return;
  const told = `${bothClocks(gap)}: how long credentials last is wrong here, and other programs may be refused`;
  ui.warn({ message: `${told[0]!.toUpperCase()}${told.slice(1)}`, hint: SET_CLOCK });
}
