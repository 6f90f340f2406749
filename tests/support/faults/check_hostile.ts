import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import { UNSAFE } from "../../../src/formats/text/terminal_text.ts";
import type { MemoryFiles } from "../host/memory_files.ts";
import { oracleView } from "../kubeconfig/oracle.ts";
import { checkStatus } from "./check_run.ts";
import type { FlowRun, Recording } from "./fault_flow.ts";
import { FOREIGN } from "./foreign_files.ts";

/** A machine that is busy with other tests takes its time, too. */
const SLOWEST_MS = 20_000;
/** Colors of our own, and line breaks. */
const OWN_CONTROLS = /\p{Cc}\[\d[\d;]*m|\n/gu;
const RAW = new RegExp(UNSAFE, "v");
/** The system's own: a keychain, where nothing says which keyring, and what copies attributes. */
const SYSTEM = /(?:^|\/)(?:secret-tool|cp)$/;
/** What opens a browser for a login that is announced. */
const OPENER = /(?:^|\/)(?:sh|open|xdg-open)$/;
const ANNOUNCED = /Your browser opens this page/;
/** What atmos keeps for itself, and may make anew. */
const OWN = /\/\.(?:cache|config|local\/state|local\/share)\/atmos\//;

export interface HostileRun {
  readonly run: FlowRun;
  readonly disk: MemoryFiles;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly ms: number;
  readonly told: string;
}

/** A file that is not as it should be: it is refused or used, in bounded time, runs nothing, and is not made worse. */
export function checkHostile(recording: Recording, hostile: HostileRun): void {
  const { run, told, ms } = hostile;
  ok(ms < SLOWEST_MS, `${Math.round(ms)} ms: ${told}`);
  checkStatus(run, told);
  const isUsual = (one: string) =>
    recording.run.programs.includes(one) || SYSTEM.test(one) || (ANNOUNCED.test(run.err) && OPENER.test(one));
  const started = run.programs.filter((one) => !isUsual(one));
  deepEqual(started, [], `${started.join()} started: ${told}`);
  doesNotMatch(run.err.replace(OWN_CONTROLS, ""), RAW, told);
  ok(run.err.length < 50_000, `too much: ${told}`);
  checkFiles(recording, hostile);
}

function checkFiles({ start, flow }: Recording, { run, disk, path, bytes, told }: HostileRun): void {
  for (const [own, parts] of Object.entries(FOREIGN).filter(([one]) => one !== path && start.has(one))) {
    const text = `${disk.text(own)}${disk.text(`${own}.bak`) ?? ""}`;
    for (const part of parts) ok(text.includes(part), `${own} has lost ${part}: ${told}`);
  }
  if (OWN.test(path)) return;
  const now = disk.everything().get(path)?.bytes;
  const isSame = now !== undefined && sameBytes(now, bytes);
  const isKept = sameBytes(disk.everything().get(`${path}.bak`)?.bytes ?? new Uint8Array(), bytes);
  if (run.status !== 0 && !flow.isOfSeveral) return ok(isSame || isKept, `${path} was changed: ${told}`);
  if (!isSame && !isKept) checkChange(path, { before: decode(bytes), after: decode(now), told });
}

/** A file that was used in spite of all: another reader finds in it what it had, and what is new. */
function checkChange(path: string, { before, after, told }: { before: string; after: string; told: string }): void {
  if (path.endsWith("/.kube/config")) {
    for (const section of ["clusters", "contexts", "users"]) {
      const [old, now] = [before, after].map((text) => oracleView(text).sources(section));
      deepEqual([...old!].filter(([name, source]) => name === "mine" && now!.get(name) !== source), [], told);
    }
  } else if (path.endsWith(".json")) {
    const { auths: _old, credHelpers: _helpers, ...old } = JSON.parse(before.replace(/^\ufeff/, "").trim() || "{}");
    const { auths: _new, credHelpers: _others, ...now } = JSON.parse(after);
    deepEqual(now, old, told);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function decode(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}
