import { equal, match, notEqual } from "node:assert/strict";
import type { FileErrorKind } from "../../../src/host/files/file_error.ts";
import { isBelieved, nameOfProgram } from "./played_programs.ts";
import { checkDisk, checkEnd, checkGone, checkSecrets, checkStatus, checkThing } from "./check_run.ts";
import { type FlowRun, type NetFault, type Recording, replayFlow, startDisk, type WrongProgram } from "./fault_flow.ts";

/** What each error of a file system is to this program. */
export const FILE_FAULTS: Readonly<Record<string, FileErrorKind>> = {
  ENOENT: "not-found",
  EACCES: "denied",
  ENOSPC: "no-space",
  EIO: "other",
  EBUSY: "busy",
  EROFS: "read-only",
};

/** Runs a flow with one effect on files failing, checks what has come of it, and that the next run comes through. */
export async function failEffect(recording: Recording, { at, errno }: { at: number; errno: string }): Promise<string> {
  const disk = startDisk(recording);
  disk.failAt(at, FILE_FAULTS[errno]!);
  const run = await replayFlow(recording, { disk });
  const { operation = "", path = "" } = disk.failed ?? {};
  const told = tell(`effect ${at}, ${errno}: ${operation} ${path}`, run);
  checkStatus(run, told);
  checkThing(run, told);
  checkDisk(recording, { disk, told, spared: path });
  disk.restart();
  return await endingOf(recording, { disk, run, told, spared: path });
}

/** The same with one request that goes wrong: none of the faults refuses a login, or says that one is needed. */
export async function failRequest(recording: Recording, wrong: { at: number; fault: NetFault }): Promise<string> {
  const disk = startDisk(recording);
  const run = await replayFlow(recording, { disk, wrong });
  const { method, url } = recording.run.requests[wrong.at - 1]!;
  const told = tell(`request ${wrong.at}: ${method} ${url}`, run);
  checkStatus(run, told);
  checkThing(run, told);
  // Where no SDK reads the answer, it is the status alone that refuses.
  if (!/github|\/(?:v1\/token|federation)$/.test(new URL(url).href.replace(/\?.*/, ""))) notEqual(run.status, 4, told);
  checkDisk(recording, { disk, told });
  return await endingOf(recording, { disk, run, told });
}

/** The same with one program that goes wrong; and no one reads a secret that it was given, or gave. */
export async function failProgram(recording: Recording, program: WrongProgram): Promise<string> {
  const disk = startDisk(recording);
  const run = await replayFlow(recording, { disk, program });
  const command = recording.run.programs[program.at - 1]!;
  const told = tell(`program ${program.at}: ${command}`, run);
  checkStatus(run, told);
  checkThing(run, told);
  if (run.status !== 0) match(run.err, nameOfProgram(command), told);
  checkSecrets(run, told);
  checkDisk(recording, { disk, told });
  if (run.status === 0 && !run.err.includes("Warning: ") && !isBelieved(command)) checkEnd(recording, { disk, told });
  return await endingOf(recording, { disk, run, told });
}

function tell(what: string, { status, err }: FlowRun): string {
  return `${what} -> ${status}\n${err.slice(-1_500)}`;
}

interface Failed {
  readonly disk: ReturnType<typeof startDisk>;
  readonly run: FlowRun;
  readonly told: string;
  readonly spared?: string;
}

async function endingOf(recording: Recording, { disk, run, told, spared = "" }: Failed): Promise<string> {
  if (run.status === 0) {
    // Without its configuration a command does something else.
    if (recording.flow.endsLogin && !spared.endsWith("/atmos.yaml")) checkGone(recording, { disk, told, spared });
    return "exit 0";
  }
  const again = await replayFlow(recording, { disk, later: 60_000 });
  const isDone = recording.flow.isOnce === true && again.status !== 0;
  if (!isDone) equal(again.status, 0, `the next run: ${again.err}\nafter ${told}`);
  if (!isDone) checkEnd(recording, { disk, told, spared });
  return `exit ${run.status}, ${isDone ? "but done" : "then 0"}`;
}
