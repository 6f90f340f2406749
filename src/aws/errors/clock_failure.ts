import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { bothClocks, SET_CLOCK } from "./clock_gap.ts";
import type { Failure } from "./failure_context.ts";
import { answeredAt, failureName, messageOf, type SdkError } from "../client/sdk_error.ts";

const NAMES: ReadonlySet<string> = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]);

/** Signatures carry the time, and AWS takes them for about five minutes. */
export function isClockFailure(error: SdkError): boolean {
  return NAMES.has(failureName(error)) || /Signature (expired|not yet current)/i.test(error.message ?? "");
}

/** "login-denied", with both clocks when the answer has a date. */
export function clockFailure(host: Needs<"clock">, failure: Failure): AppError {
  const theirs = answeredAt(failure.error as SdkError);
  const clocks = theirs === undefined ? messageOf(failure.error) : bothClocks({ ours: host.clock.now(), theirs });
  return new AppError("login-denied", `Cannot ${failure.doing}: the signature's time is off: ${clocks}`, {
    hint: SET_CLOCK,
    cause: failure.error,
  });
}
