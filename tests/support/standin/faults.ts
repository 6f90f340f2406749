import { errorAnswer, type StandinAnswer } from "./answer.ts";

/**
 * One thing that goes wrong. `error`: a failure with AWS's code. `page`: HTML as a captive portal sends it. `body`:
 * status 200 with this text. `cut`: the right answer, broken off. `reset`: the connection closes without an answer.
 * `delayMs`: the right answer, late. `times`: the same again (1 when absent).
 */
export interface FaultSpec {
  readonly error?: { readonly status: number; readonly code: string; readonly message?: string };
  readonly page?: { readonly status: number };
  readonly body?: string;
  readonly cut?: true;
  readonly reset?: true;
  readonly delayMs?: number;
  readonly times?: number;
}

/** What a fault does to one call: another answer, another handling of the connection, or both. */
export interface Fault {
  readonly answer?: StandinAnswer;
  readonly handling: Pick<StandinAnswer, "connection" | "delayMs">;
}

const PAGE =
  "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please log in to the Wi-Fi.</body></html>";
const XML_ACTIONS: ReadonlySet<string> = new Set([
  ...["AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "AssumeRoot"],
  ...["GetSessionToken", "GetCallerIdentity"],
]);

/** A queue of faults per action; a call without one is answered as it should be. */
export class Faults {
  readonly #queues: Map<string, FaultSpec[]>;

  constructor(script: Readonly<Record<string, readonly FaultSpec[]>>) {
    this.#queues = new Map(
      Object.entries(script).map(([action, specs]) => [
        action,
        specs.flatMap((spec) => Array.from({ length: spec.times ?? 1 }, () => spec)),
      ]),
    );
  }

  next(action: string): Fault | undefined {
    const spec = this.#queues.get(action)?.shift();
    if (spec === undefined) return undefined;
    const answer = faultAnswer(spec, action);
    const connection = spec.reset ? "reset" : spec.cut ? "cut" : undefined;
    return {
      ...(answer ? { answer } : {}),
      handling: {
        ...(connection ? { connection } : {}),
        ...(spec.delayMs === undefined ? {} : { delayMs: spec.delayMs }),
      },
    };
  }

  unused(): string[] {
    const left = [...this.#queues].filter(([, queue]) => queue.length > 0);
    return left.map(([action, queue]) => `${queue.length} scripted fault(s) for ${action} were not used`);
  }
}

function faultAnswer(spec: FaultSpec, action: string): StandinAnswer | undefined {
  if (spec.page !== undefined) return { status: spec.page.status, type: "text/html", body: PAGE };
  if (spec.body !== undefined) return { status: 200, type: "application/json", body: spec.body };
  if (spec.error === undefined) return undefined;
  const { status, code, message = `${code} by script` } = spec.error;
  return errorAnswer({ status, code, message, ...(XML_ACTIONS.has(action) ? { service: "sts" } : {}) });
}
