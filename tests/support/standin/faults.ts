import { errorAnswer, type StandinAnswer } from "./answer.ts";
import { type Flakiness, flakyFaults } from "./flaky.ts";
import type { Operation } from "./operation.ts";

/**
 * One thing that goes wrong. `error`: a failure with AWS's code. `page`: HTML as a captive portal sends it. `body`:
 * status 200 with this text. `cut`: the right answer, broken off. `reset`: the connection closes without an answer.
 * `delayMs`: the right answer, late; `until`: when this has settled. `echo`: a failure whose message is the whole
 * request. `times`: the same again (1 when absent).
 */
export interface FaultSpec {
  readonly error?: { readonly status: number; readonly code: string; readonly message?: string };
  readonly page?: { readonly status: number };
  readonly body?: string;
  readonly cut?: true;
  readonly reset?: true;
  readonly delayMs?: number;
  readonly until?: Promise<unknown>;
  readonly echo?: { readonly status: number; readonly code: string };
  readonly times?: number;
}

/** What a fault does to one call: another answer, another handling of the connection, or both. */
export interface Fault {
  readonly answer?: StandinAnswer;
  readonly handling: Pick<StandinAnswer, "connection" | "delayMs" | "until">;
}

const PAGE =
  "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please log in to the Wi-Fi.</body></html>";
const XML_ACTIONS: ReadonlySet<string> = new Set([
  ...["AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "AssumeRoot"],
  ...["GetSessionToken", "GetCallerIdentity"],
]);

/** A queue of faults per action; a call without one is answered as it should be. */
export class Faults {
  readonly #queues = new Map<string, FaultSpec[]>();

  readonly #flaky: () => FaultSpec | undefined;

  constructor(script: Readonly<Record<string, readonly FaultSpec[]>>, flaky?: Flakiness) {
    this.#flaky = flaky === undefined ? () => undefined : flakyFaults(flaky);
    for (const [action, specs] of Object.entries(script)) for (const spec of specs) this.add(action, spec);
  }

  add(action: string, spec: FaultSpec): void {
    const queue = this.#queues.get(action) ?? [];
    this.#queues.set(action, [...queue, ...Array.from({ length: spec.times ?? 1 }, () => spec)]);
  }

  next(operation: Operation): Fault | undefined {
    const spec = this.#queues.get(operation.action)?.shift() ?? this.#flaky();
    if (spec === undefined) return undefined;
    const answer = faultAnswer(spec, operation);
    const connection = spec.reset ? "reset" : spec.cut ? "cut" : undefined;
    return {
      ...(answer ? { answer } : {}),
      handling: {
        ...(connection ? { connection } : {}),
        ...(spec.delayMs === undefined ? {} : { delayMs: spec.delayMs }),
        ...(spec.until === undefined ? {} : { until: spec.until }),
      },
    };
  }

  unused(): string[] {
    const left = [...this.#queues].filter(([, queue]) => queue.length > 0);
    return left.map(([action, queue]) => `${queue.length} scripted fault(s) for ${action} were not used`);
  }
}

function faultAnswer(spec: FaultSpec, operation: Operation): StandinAnswer | undefined {
  if (spec.page !== undefined) return { status: spec.page.status, type: "text/html", body: PAGE };
  if (spec.body !== undefined) return { status: 200, type: "application/json", body: spec.body };
  const error = spec.echo === undefined ? spec.error : { ...spec.echo, message: requestText(operation) };
  if (error === undefined) return undefined;
  const { status, code, message = `${code} by script` } = error;
  return errorAnswer({ status, code, message, ...(XML_ACTIONS.has(operation.action) ? { service: "sts" } : {}) });
}

/** What secrets are in comes first: messages are cut. */
function requestText({ method, path, query, headers, body }: Operation): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).sort();
  const signed = headers["authorization"] ?? "";
  return `Cannot answer ${signed} ${new TextDecoder().decode(body)} ${method} ${path}?${query} ${lines.join(" ")}`;
}
