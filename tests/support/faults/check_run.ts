import { deepEqual, doesNotMatch, match, notEqual, ok } from "node:assert/strict";
import { parse } from "yaml";
import { EXIT_STATUS } from "../../../src/errors.ts";
import type { MemoryFiles } from "../host/memory_files.ts";
import { samlBase64 } from "../saml/document.ts";
import { USER_KEY } from "../standin/keys.ts";
import type { FlowRun, Recording } from "./fault_flow.ts";
import { FOREIGN } from "./foreign_files.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";

const DOCUMENTED: ReadonlySet<number> = new Set([0, ...Object.values(EXIT_STATUS)]);
const STACK = /\n\s+at |(?:Type|Range|Syntax|File|Net)Error|\[object|undefined|NaN/;
/** A path, a name or an address in quotation marks, or the service that was asked. */
const THING =
  /Error:.* Cannot [^\n]*(?:"[^"\n]+"|atmos\.yaml|AWS|IAM Identity Center|GitHub|OIDC token|keychain|127\.0\.0\.1|HOME)[^\n]*\n/;

/** Also as half of an output, and as keychains encode it. */
const SECRETS = [USER_KEY.secretAccessKey, samlBase64()].map((secret) => secret.slice(0, 16))
  .flatMap((start) => [start, new TextEncoder().encode(start).toHex()]);

/** What keeps a person from being asked twice for a login that was refused. */
export const STAYS: RegExp = /\.refused(?:\.atmos-lock)?$/;

/** A run that fails says so as the documentation has it, without a word about the program's own parts. */
export function checkStatus({ status, err }: Pick<FlowRun, "status" | "err">, told: string): void {
  ok(DOCUMENTED.has(status), told);
  notEqual(status, EXIT_STATUS.internal, told);
  doesNotMatch(err, STACK, told);
  // Nothing is wrong where the user has cancelled.
  if (status !== 0 && status !== EXIT_STATUS.interrupted) match(err, /Errors?:|Hint:/, told);
}

/** And where it was a thing that failed, which one. */
export function checkThing({ status, err }: Pick<FlowRun, "status" | "err">, told: string): void {
  if (status !== 0 && status !== EXIT_STATUS.interrupted) match(err, THING, told);
}

/** Nor does it say a secret that another program has, or was given. */
export function checkSecrets({ err }: FlowRun, told: string): void {
  for (const secret of SECRETS) ok(!err.includes(secret), `a secret is told: ${told}`);
}

interface CheckInput {
  readonly disk: MemoryFiles;
  readonly told: string;
  /** What may be there all the same, and in whatever state: looking at it, or removing it, has failed. */
  readonly spared?: string | undefined;
}

/**
 * Nothing of the user's own is lost, and every file is as it was, or as it is at some time of a run in which nothing goes
 * wrong. None is there that is not there after such a run.
 */
export function checkDisk(recording: Recording, { disk, told, spared }: CheckInput): void {
  const files = filesOf(snapshotOf(disk));
  for (const [path, parts] of Object.entries(FOREIGN).filter(([path]) => recording.start.has(path))) {
    // A backup is a place, too.
    const kept = [path, `${path}.bak`].map((one) => files.get(one) ?? "").join("");
    for (const part of parts) ok(kept.includes(part), `${path} has lost ${part}: ${told}`);
  }
  for (const [path, text] of files) {
    if (path === spared) continue;
    if (STAYS.test(path)) continue;
    ok(recording.start.has(path) || recording.end.has(path), `${path} is left: ${told}`);
    checkText(recording, { path, text, told });
  }
}

function checkText({ flow, texts }: Recording, file: { path: string; text: string; told: string }): void {
  const { path, text, told } = file;
  const known = [...texts.get(path) ?? []].map(timeless);
  if (known.includes(timeless(text)) || isEmpty(file)) return;
  ok(flow.isOfSeveral, `${path} is ${JSON.stringify(text)}: ${told}`);
  if (/\.(?:json|ya?ml)$|\/\.kube\/config$/.test(path)) parse(text);
}

/** What is remembered or handed over, and taken back, leaves a list or an entry that says what none says. */
function isEmpty({ path, text }: { readonly path: string; readonly text: string }): boolean {
  return path.includes("/.local/state/atmos/") ? text === "[]\n" : path.startsWith("/keychains/") && text === "";
}

/** After a run in which nothing goes wrong, whatever went wrong before it: all is as if nothing ever had. */
export function checkEnd(recording: Recording, { disk, told, spared = "" }: CheckInput): void {
  if (recording.flow.isOfSeveral) return checkDisk(recording, { disk, told, spared });
  const texts = (snapshot: Snapshot) =>
    Object.fromEntries(
      [...filesOf(snapshot)].filter(([path]) => path !== spared && !STAYS.test(path))
        .map(([path, text]) => [path, timeless(text)]),
    );
  deepEqual(texts(snapshotOf(disk)), texts(recording.end), told);
}

/** Nothing of a login is left where atmos keeps logins; a context or Docker's login that stays is warned of. */
export function checkGone({ end }: Recording, { disk, told, spared }: CheckInput): void {
  const left = [...filesOf(snapshotOf(disk)).keys()].filter((path) => /\/\.(?:cache|config)\/atmos\//.test(path));
  deepEqual(left.filter((path) => !end.has(path) && path !== spared), [], `a login is left: ${told}`);
}

function filesOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  return new Map([...snapshot].filter(([, kept]) => !kept.isDirectory).map(([path, { text }]) => [path, text]));
}

/** Waiting moves times on, keys are made anew, and what is only good to know may be missing. */
function timeless(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME").replaceAll(/\b1\d{9,12}\b/g, "TIME")
    .replaceAll(/"dpopKey": "[^"]+"/g, "KEY").replaceAll(
      /^ *(?:"configLocation": .*|"principal": .*|atmos_(?:account|principal) = .*)\n/gm,
      "",
    );
}
