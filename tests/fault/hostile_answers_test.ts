import { deepEqual, doesNotMatch, match, notEqual, ok } from "node:assert/strict";
import { EXIT_STATUS } from "../../src/errors.ts";
import { UNSAFE } from "../../src/formats/text/terminal_text.ts";
import { Outcomes, reportRow } from "../support/faults/fault_report.ts";
import { answerFlow, type Flow, FLOWS, playFlow } from "../support/standin/answer_flows.ts";
import { HOSTILE, replaceAt, type Spot, spotName, spotsIn } from "../support/standin/hostile_answers.ts";
import { randomRuns } from "../support/random/runs.ts";

const DOCUMENTED: ReadonlySet<number> = new Set([0, ...Object.values(EXIT_STATUS)]);
/** A machine that is busy with other tests takes its time, too. */
const SLOWEST_MS = 30_000;
/** Colors of our own, and line breaks; a browser's page has a line of its own. */
const OWN_CONTROLS = /\p{Cc}\[\d[\d;]*m|\n/gu;
const RAW = new RegExp(UNSAFE, "v");
/** Each spot has some of the values, all of them in turn; with --long it has all. */
const VALUES_OF_SPOT = randomRuns({ usual: 2, long: Object.keys(HOSTILE).length });
const seen = new Set<string>();

for (const flow of FLOWS) {
  Deno.test(`answers of a lying AWS to ${flow.args.join(" ")}`, async (test) => {
    const recorded = await answerFlow(flow);
    const whole = await playFlow(flow, recorded);
    deepEqual([whole.status, whole.err.includes("Error")], [0, false], whole.err);
    const spots = [...recorded].flatMap(([call, [first]]) => first === undefined ? [] : spotsIn(call, first));
    const outcomes = new Outcomes();
    for (const spot of spots.filter(isNew)) {
      await test.step(spotName(spot), () => tryValues(flow, { recorded, spot, outcomes }));
    }
    reportRow({ fault: "a wrong value in an answer", tried: commandOf(flow), outcomes: outcomes.counts });
  });
}

/** What an earlier flow has tried, and the second item of a list, is like another. */
function isNew(spot: Spot): boolean {
  const name = spotName(spot);
  if (seen.has(name) || spot.steps.some((step) => /^[1-9]/.test(step))) return false;
  seen.add(name);
  return true;
}

type Recorded = Awaited<ReturnType<typeof answerFlow>>;

interface Trial {
  readonly recorded: Recorded;
  readonly spot: Spot;
  readonly outcomes: Outcomes;
}

function commandOf({ args }: Flow): string {
  return args.slice(0, args[0] === "aws" ? 3 : 2).join(" ");
}

async function tryValues(flow: Flow, { recorded, spot, outcomes }: Trial) {
  const names = Object.keys(HOSTILE);
  for (let count = 0; count < VALUES_OF_SPOT; count++) {
    const name = names[(seen.size * VALUES_OF_SPOT + count) % names.length]!;
    const lies = recorded.get(spot.call)!.map((answer) => replaceAt(answer, spot, HOSTILE[name]));
    const begun = performance.now();
    const run = await playFlow(flow, new Map([...recorded, [spot.call, lies]]));
    const told = `${spotName(spot)} = ${name}: ${run.status} ${run.err.slice(0, 2_000)}`;
    ok(performance.now() - begun < SLOWEST_MS, `too slow: ${told}`);
    ok(DOCUMENTED.has(run.status), told);
    notEqual(run.status, EXIT_STATUS.internal, told);
    doesNotMatch(run.err, /\n\s+at |TypeError|RangeError|\[object|undefined|NaN/, told);
    doesNotMatch(`${run.out}${run.err}`.replace(OWN_CONTROLS, ""), RAW, told);
    ok(`${run.out}${run.err}`.length < 20_000, `too much: ${told.slice(0, 200)}`);
    // Neither a shell nor a file gets what it would obey.
    doesNotMatch(run.out, /pwned/, told);
    doesNotMatch(run.written.map(({ text }) => text).join("\n"), /pwned|undefined|NaN|x{2000}/, told);
    // The login before the call for the console was whole.
    const kept = run.written.filter(({ isKept }) => isKept && spot.call !== "getSigninToken");
    if (run.status !== 0) deepEqual(kept.map(({ path }) => path), [], told);
    if (run.status !== 0) match(run.err, /Error:.* Cannot [^\n]+\n/, told);
    outcomes.add(`exit ${run.status}`);
  }
}
