import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import type { Failure } from "./failure_context.ts";
import { answeredAt, failureName, messageOf, type SdkError } from "./sdk_error.ts";

const NAMES: ReadonlySet<string> = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]);

/** Signatures carry the time, and AWS takes them for about five minutes. */
export function isClockFailure(error: SdkError): boolean {
  return NAMES.has(failureName(error)) || /Signature (expired|not yet current)/i.test(error.message ?? "");
}

/** "login-denied", with both clocks when the answer has a date. */
export function clockFailure(host: Needs<"clock">, failure: Failure): AppError {
  const theirs = answeredAt(failure.error as SdkError);
  const clocks = theirs === undefined
    ? messageOf(failure.error)
    : `this machine's clock says ${utc(host.clock.now())}, AWS's says ${utc(theirs)}`;
  return new AppError("login-denied", `Cannot ${failure.doing}: the signature's time is off: ${clocks}`, {
    hint: "Set this machine's clock, e.g. with timedatectl set-ntp true.",
    cause: failure.error,
  });
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
