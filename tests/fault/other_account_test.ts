import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import type { NetResponse } from "../../src/host/host.ts";
import { answerFlow, type Flow, JOB, playFlow } from "../support/standin/answer_flows.ts";

const OTHER = "999999999999";
const SAID = new RegExp(
  `identity "ci" is in account 123456789012, but AWS says that its credentials belong to ${OTHER}`,
  "i",
);

/** The same answer for another account, in each of its fields. */
function ofAnother({ body, headers, status }: NetResponse): NetResponse {
  const { "content-length": _length, ...rest } = headers;
  const text = new TextDecoder().decode(body).replaceAll("123456789012", OTHER);
  return { status, headers: rest, body: new TextEncoder().encode(text) };
}

const COMMANDS: readonly (readonly [command: string, status: number])[] = [["whoami", 0], ["doctor", 4]];

for (const [command, status] of COMMANDS) {
  Deno.test(`auth ${command}: another account than that of the identity is told`, async () => {
    const flow: Flow = { args: ["auth", command, "ci"], env: JOB };
    const recorded = await answerFlow(flow);
    const right = await playFlow(flow, recorded);
    deepEqual(right.status, 0, right.err);
    doesNotMatch(`${right.out}${right.err}`, SAID);
    const callers = recorded.get("GetCallerIdentity")!.map(ofAnother);
    const wrong = await playFlow(flow, new Map([...recorded, ["GetCallerIdentity", callers]]));
    deepEqual(wrong.status, status, wrong.err);
    match(`${wrong.out}${wrong.err}`, SAID);
    match(`${wrong.out}${wrong.err}`, /AWS_ENDPOINT_URL/);
  });
}
