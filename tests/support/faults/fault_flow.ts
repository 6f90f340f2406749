import { app } from "../../../src/app.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import { forgetRecordedTexts } from "../../../src/hidden_texts.ts";
import type { Host, NetRequest, NetResponse, RunInput, RunResult, Visit } from "../../../src/host/host.ts";
import { type FakeHost, fakeHost } from "../host/fake_host.ts";
import { MemoryFiles } from "../host/memory_files.ts";
import { samlBase64 } from "../saml/document.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { callName } from "../standin/hostile_answers.ts";
import type { StandinOptions } from "../standin/world.ts";
import { PLAYED_PROGRAMS } from "./played_programs.ts";
import type { ProgramFault } from "./program_faults.ts";
import { placeOn, type Snapshot, snapshotOf } from "./snapshot.ts";

/** A command whose effects are failed one by one, and the computer that it runs on. */
export interface FaultFlow {
  /** As the table of figures names it. */
  readonly tried: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Linux when absent. */
  readonly os?: Host["sys"]["os"];
  /** Absolute path to text. */
  readonly files: Readonly<Record<string, string>>;
  /** What a person types, or a program writes, a line each. */
  readonly lines?: readonly string[];
  readonly aws?: StandinOptions;
  /** Only the host in memory has the programs, or the services, that it needs. */
  readonly isPlayed?: true;
  /** It refuses to do again what is done. */
  readonly isOnce?: true;
  /** It ends a login: with status 0, that is gone. */
  readonly endsLogin?: true;
  /** It does several things, each by itself: where one of them fails, the others are done all the same. */
  readonly isOfSeveral?: true;
  /** Commands that have run before, one after the other. */
  readonly before?: readonly (readonly string[])[];
  /** What happens to AWS after those. */
  readonly meanwhile?: (aws: Standin) => void;
}

export interface FlowRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly requests: readonly NetRequest[];
  /** The programs that were started, the copier of attributes among them. */
  readonly programs: readonly string[];
}

/** What a flow does where nothing goes wrong. */
export interface Recording {
  readonly flow: FaultFlow;
  /** When it begins, in milliseconds since the epoch. */
  readonly now: number;
  /** Of AWS, which is gone by then. */
  readonly url: string;
  readonly answers: ReadonlyMap<string, readonly NetResponse[]>;
  /** With which code a browser comes back. */
  readonly code: string;
  readonly start: Snapshot;
  readonly end: Snapshot;
  /** Every text that each file has had meanwhile. */
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly run: FlowRun;
  readonly effects: number;
}

/** In the page that a browser is given, what leads on to AWS. */
const LINK = /content="0;url=([^"]*)"/;
/** What an identity provider's page sends to AWS. */
const POST = `${new URLSearchParams({ SAMLResponse: samlBase64(), RelayState: "" })}`;
const GITHUB = "https://github.example/token";
const JWT = "e30.eyJzdWIiOiJyZXBvOm8vciJ9.signature";

/** What a job at GitHub gives its steps. */
export const JOB = { ACTIONS_ID_TOKEN_REQUEST_URL: GITHUB, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer-of-the-job" };

/** Runs a flow with the stand-in, and writes down what it did. Permission: net (127.0.0.1). */
export async function recordFlow(flow: FaultFlow): Promise<Recording> {
  await using aws = await startStandin({ sso: {}, ...flow.aws });
  const disk = new MemoryFiles();
  for (const [path, text] of Object.entries(flow.files)) disk.put(path, text, { mode: modeOf(path) });
  const answers = new Map<string, NetResponse[]>();
  let code = "";
  const ends: Ends = {
    url: aws.url,
    fetch: async (request) => {
      const answer = await ask(request);
      answers.set(callName(request), [...answers.get(callName(request)) ?? [], answer]);
      return answer;
    },
    visit: async (link) => {
      const answer = await fetch(link, { redirect: "manual" });
      await answer.body?.cancel();
      const { pathname, search, searchParams } = new URL(answer.headers.get("location")!);
      code = searchParams.get("code")!;
      return { method: "GET", target: `${pathname}${search}` };
    },
  };
  const now = Date.now();
  for (const args of flow.before ?? []) {
    const run = await runFlow({ ...flow, args }, { disk, now, ends });
    if (run.status !== 0) throw new Error(`${args.join(" ")}: ${run.err}`);
  }
  flow.meanwhile?.(aws);
  answers.clear();
  const start = snapshotOf(disk);
  const texts = new Map<string, Set<string>>();
  const note = () => {
    for (const [path, { text }] of snapshotOf(disk)) texts.set(path, (texts.get(path) ?? new Set()).add(text));
  };
  const effects = disk.effects;
  disk.watch(note);
  const run = await runFlow(flow, { disk, now, ends });
  disk.watch(undefined);
  note();
  return {
    flow,
    now,
    url: aws.url,
    answers,
    code,
    start,
    end: snapshotOf(disk),
    texts,
    run,
    effects: disk.effects - effects,
  };
}

/** Something that happens to one request; the right answer, if it ever came, is `right`. */
export type NetFault = (request: NetRequest, right: NetResponse) => NetResponse;

export interface WrongProgram {
  readonly at: number;
  readonly fault: ProgramFault;
}

export interface Replay {
  readonly disk: MemoryFiles;
  /** Milliseconds after the recording, as a person takes some to type a command again. */
  readonly later?: number;
  /** The request that goes wrong, counted from 1, and how. */
  readonly wrong?: { readonly at: number; readonly fault: NetFault };
  /** The same of a program that is started. */
  readonly program?: WrongProgram;
}

/** Runs it again on a disk, with the same answers, the last one of a call again and again. */
export async function replayFlow(recording: Recording, { disk, wrong, program, later = 0 }: Replay): Promise<FlowRun> {
  const left = new Map([...recording.answers].map(([call, list]) => [call, [...list]]));
  let count = 0;
  const ends: Ends = {
    url: recording.url,
    fetch: (request) => {
      const list = left.get(callName(request)) ?? [];
      const right = list[0] ?? { status: 400, headers: {}, body: new TextEncoder().encode("{}") };
      if (++count === wrong?.at) return Promise.resolve().then(() => wrong.fault(request, right));
      if (list.length > 1) list.shift();
      return Promise.resolve(right);
    },
    visit: (link) => {
      const state = new URL(link).searchParams.get("state")!;
      const query = new URLSearchParams({ code: recording.code, state });
      return Promise.resolve({ method: "GET", target: `/oauth/callback?${query}` });
    },
  };
  return await runFlow(recording.flow, { disk, now: recording.now + later, ends, program });
}

/** The computer before the flow. */
export function startDisk({ start }: Recording): MemoryFiles {
  const disk = new MemoryFiles();
  placeOn(disk, start);
  return disk;
}

/** Who is at the other ends: services, and a browser that opens a link. */
interface Ends {
  /** Of AWS. */
  readonly url: string;
  readonly fetch: Host["net"]["fetch"];
  readonly visit: (link: string) => Promise<Visit>;
}

interface Place {
  readonly disk: MemoryFiles;
  readonly now: number;
  readonly ends: Ends;
  readonly program?: WrongProgram | undefined;
}

async function runFlow({ args, env, os, lines = [] }: FaultFlow, place: Place): Promise<FlowRun> {
  const { disk, now, ends } = place;
  // As a new process: what thousands of runs have recorded would be looked for in each text of the next one.
  forgetRecordedTexts();
  const links: string[] = [];
  const fake: FakeHost = fakeHost({
    files: { read: { ...disk.reader, cwd: () => "/home/me/repo" }, write: disk.writer },
    env: {
      ...{ HOME: "/home/me", PATH: "/bin", AWS_ENDPOINT_URL: ends.url, AWS_EC2_METADATA_DISABLED: "true" },
      ...{ ATMOS_TRUST: "1", ATMOS_FORCE_TTY: "1", ...env },
    },
    ...(os === undefined ? {} : { os }),
    tty: { stdin: true, stderr: true },
    now,
    lines,
    visits: () => Promise.all(links.slice(-1).map(ends.visit)),
  });
  const { run, programs } = playPrograms({ fake, disk, links, wrong: place.program });
  const requests: NetRequest[] = [];
  const net: Host["net"] = { fetch: (request) => (requests.push(request), ends.fetch(request)) };
  const status = await app({ host: { ...fake, run, net }, registry: REGISTRY, giveUp: () => {} }, args);
  return { status, out: fake.seen.out, err: fake.seen.err, requests, programs };
}

interface PlayInput {
  readonly fake: FakeHost;
  readonly disk: MemoryFiles;
  /** Gets those that a browser opens. */
  readonly links: string[];
  readonly wrong: WrongProgram | undefined;
}

/** Programs that do what they are there for, but for the one that goes wrong. */
function playPrograms({ fake, disk, links, wrong }: PlayInput) {
  const programs: string[] = [];
  const isWrong = (command: string) => programs.push(command) === wrong?.at;
  const play = (input: RunInput): Promise<RunResult> => {
    if (input.command === "cp") return fake.run.capture(input);
    const program = PLAYED_PROGRAMS[input.command];
    if (program !== undefined) return Promise.resolve(program(input, disk));
    const page = disk.text(input.args.at(-1)?.replace("file://", "") ?? "") ?? "";
    links.push(...[LINK.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? []].flat());
    return Promise.resolve({ status: 0, stdout: "", stderr: "" });
  };
  const capture: Host["run"]["capture"] = async (input) => {
    if (!isWrong(input.command)) return await play(input);
    return await wrong!.fault.captured(input, () => play(input)) ?? await new Promise<never>(() => {});
  };
  const posted = () =>
    Promise.resolve({ kind: "taken", url: "https://signin.aws.amazon.com/saml", body: POST } as const);
  const browse: Host["run"]["browse"] = (input) =>
    isWrong(input.executable) ? wrong!.fault.browsed(input, posted) : posted();
  return { programs, run: { ...fake.run, capture, browse } };
}

async function ask({ url, method, headers, body }: NetRequest): Promise<NetResponse> {
  if (url.startsWith(GITHUB)) {
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify({ count: 1, value: JWT })) };
  }
  const answer = await fetch(url, {
    method,
    headers: { ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.bytes() };
}

/** A program that is found in PATH has to be one. */
function modeOf(path: string): number {
  return path.startsWith("/bin/") ? 0o755 : 0o600;
}
