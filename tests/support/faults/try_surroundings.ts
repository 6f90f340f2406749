import { deepEqual, equal, ok } from "node:assert/strict";
import { parseDocument } from "yaml";
import { type BoxFile, filesBelow } from "./box_files.ts";
import { checkStatus, checkThing, STAYS } from "./check_run.ts";
import { type FaultFlow, recordFlow } from "./fault_flow.ts";
import { type BoxRun, type FlowBox, makeFlowBox } from "./flow_box.ts";
import { FOREIGN } from "./foreign_files.ts";
import type { Arranged, Surroundings } from "./surroundings.ts";

type Files = ReadonlyMap<string, BoxFile>;

/** The names that a flow starts from, and those that are there in the end, where nothing is unusual. */
interface Usual {
  readonly start: ReadonlySet<string>;
  readonly end: ReadonlySet<string>;
}

const HOME = "/home/me";
/** Of the locks for sessions there are 256. */
const HASH = /[0-9a-f]{12,}|\b[0-9a-f]{2}(?=\.lock$)/g;
const usual = new Map<FaultFlow, Promise<Usual>>();
const OTHERS = 0o077;
const OTHERS_MAY_WRITE = 0o022;

/** Runs a flow as a process in surroundings, checks what has come of it, and that the next run comes through in usual ones. */
export async function trySurroundings(flow: FaultFlow, { arrange, isPrivate }: Surroundings): Promise<string> {
  if (!usual.has(flow)) usual.set(flow, recordUsual(flow));
  const known = await usual.get(flow)!;
  await using box = await makeFlowBox(flow);
  const before = filesBelow(box.home);
  const arranged = arrange(box);
  const outside = outsideOf(box, arranged);
  const run = await runArranged(box, arranged, (after) => {
    if (isPrivate) checkModes({ before, after });
    deepEqual(outsideOf(box, arranged), outside, "something is written outside HOME");
  });
  const told = `-> ${run.status}\n${run.err.slice(-1_500)}`;
  checkOne({ flow, run, told });
  checkFiles({ box, known, told });
  return await endingOf(box, { flow, known, run, told });
}

async function runArranged(box: FlowBox, arranged: Arranged, check: (after: Files) => void): Promise<BoxRun> {
  try {
    const run = await box.run(arranged);
    check(filesBelow(box.home));
    return run;
  } finally {
    arranged.end?.();
  }
}

/** In memory, where the same files come to be. */
async function recordUsual(flow: FaultFlow): Promise<Usual> {
  const { start, end } = await recordFlow(flow);
  const [before, after] = [start, end].map((files) =>
    [...files].filter(([path, { isDirectory }]) => path.startsWith(`${HOME}/`) && !isDirectory)
      .map(([path]) => path.slice(HOME.length))
  );
  return { start: commonNames(before!), end: commonNames(after!) };
}

function namesIn({ home }: FlowBox): ReadonlySet<string> {
  const files = [...filesBelow(home)].filter(([, { kind }]) => kind !== "directory");
  return commonNames(files.map(([path]) => path.slice(home.length)));
}

/** What is different in each box is left out: most are hashes, with an address or a time among what is hashed. */
function commonNames(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => !STAYS.test(name)).map((name) => name.replaceAll(HASH, "HASH")));
}

/** Where a program without HOME might put things instead. */
const OTHER_HOMES = ["", "/tmp", "/var/tmp", "/root", Deno.env.get("HOME") ?? ""];
const OWN = [".config/atmos", ".cache/atmos", ".local/state/atmos", ".local/share/atmos", "atmos"];

function timesElsewhere(): readonly (readonly [path: string, found: string])[] {
  return OTHER_HOMES.flatMap((home) => OWN.map((name) => `${home}/${name}`)).map((path) => [path, timeOf(path)]);
}

function timeOf(path: string): string {
  try {
    return String(Deno.lstatSync(path).mtime);
  } catch {
    return "nothing";
  }
}

/** What is in the box and not in HOME, whichever that is, and elsewhere: nothing of it may change. */
function outsideOf({ root, home, program }: FlowBox, { env }: Arranged): Readonly<Record<string, string>> {
  const homes = [home, env?.["HOME"] || home, `${root}/usual`, program];
  const isOutside = (path: string) => !homes.some((one) => path === one || path.startsWith(`${one}/`));
  const inBox = [...filesBelow(root)].filter(([path]) => isOutside(path));
  return Object.fromEntries([...inBox.map(([path, { kind, text }]) => [path, `${kind} ${text}`]), ...timesElsewhere()]);
}

/** A file of ours is its user's alone, a directory of ours is changed by no one else, and what was there is as it was. */
function checkModes({ before, after }: { readonly before: Files; readonly after: Files }): void {
  for (const [path, { mode, kind }] of after) {
    const octal = `${path} has mode 0${mode.toString(8)}`;
    if (kind === "file" && !before.has(path)) equal(mode & OTHERS, 0, octal);
    if (kind === "directory") equal(mode & OTHERS_MAY_WRITE, 0, octal);
    if (before.has(path)) equal(mode, before.get(path)!.mode, octal);
  }
}

interface Tried {
  readonly flow: FaultFlow;
  readonly run: BoxRun;
  readonly told: string;
}

function checkOne({ run, told }: Tried): void {
  checkStatus(run, told);
  checkThing(run, told);
}

function checkFiles(
  { box, known, told }: { readonly box: FlowBox; readonly known: Usual; readonly told: string },
): void {
  const files = filesBelow(box.home);
  for (const [path, parts] of Object.entries(FOREIGN).filter(([path]) => known.start.has(path.slice(HOME.length)))) {
    const kept = [path, `${path}.bak`].map((one) => files.get(box.at(one))?.text ?? "").join("");
    for (const part of parts) ok(kept.includes(part), `${path} has lost ${part}: ${told}`);
  }
  const names = [...namesIn(box)].filter((name) => !known.start.has(name) && !known.end.has(name));
  deepEqual(names, [], `${names} is left: ${told}`);
  for (const [path, { text, kind }] of files) if (kind === "file") checkWhole({ path, text, told });
}

/** No file is half of one. */
function checkWhole(
  { path, text, told }: { readonly path: string; readonly text: string; readonly told: string },
): void {
  if (path.endsWith(".json")) JSON.parse(text);
  if (/\.ya?ml$|\/\.kube\/config$/.test(path)) deepEqual(parseDocument(text).errors, [], told);
  if (!path.endsWith("/credentials")) return;
  for (const section of text.split(/^\[/m).slice(1)) {
    const keys = ["aws_access_key_id", "aws_secret_access_key"].filter((key) =>
      section.includes(`${key}=`) || section.includes(`${key} =`)
    );
    ok(keys.length !== 1, `${path} is half of a login: ${told}`);
  }
}

interface Ended extends Tried {
  readonly known: Usual;
}

async function endingOf(box: FlowBox, { flow, known, run, told }: Ended): Promise<string> {
  const again = await box.run();
  const isDone = flow.isOnce === true && again.status !== 0;
  if (!isDone) equal(again.status, 0, `the next run: ${again.err}\nafter ${told}`);
  const names = namesIn(box);
  if (!isDone) deepEqual([...names.symmetricDifference(known.end)], [], `${[...names]} after the next run: ${told}`);
  return `exit ${run.status}, ${isDone ? "but done" : "then 0"}`;
}
