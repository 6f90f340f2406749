import type { NetRequest, NetResponse } from "../../../src/host/host.ts";
import { diskWith, memoryAtmos, type MemoryRun } from "../atmos/memory_atmos.ts";
import type { MemoryFiles } from "../host/memory_files.ts";
import { CONFIG } from "../runs/login_run.ts";
import { startStandin } from "./aws_standin.ts";
import { callName } from "./hostile_answers.ts";
import { ACCOUNT, keyEnv, USER_KEY } from "./keys.ts";

/** A command that calls AWS. */
export interface Flow {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const KEYS = { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" };
const CLUSTER = ["--name", "dev-cluster", "--region", "us-east-2"];
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];
const PORTAL = ["--start-url", "https://corp.awsapps.com/start", "--region", "us-east-2"];
const GITHUB = "https://github.example/token";
export const JOB = { ACTIONS_ID_TOKEN_REQUEST_URL: GITHUB, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer-of-the-job" };
const JWT = "e30.eyJzdWIiOiJyZXBvOm8vciJ9.signature";

/** Together they make every call whose answer a command without a kubectl or a browser uses. */
export const FLOWS: readonly Flow[] = [
  { args: ["auth", "login", "deploy"] },
  { args: ["auth", "login", "ci"], env: JOB },
  { args: ["auth", "env", "Dev", "--login"] },
  { args: ["auth", "whoami", "runner"], env: keyEnv(USER_KEY) },
  { args: ["auth", "console", "Dev", "--print-url"] },
  { args: ["auth", "init", ...PORTAL, "--yes"] },
  { args: ["aws", "eks", "update-kubeconfig", ...CLUSTER], env: KEYS },
  { args: ["aws", "eks", "list", "--region", "us-east-2"], env: KEYS },
  { args: ["aws", "eks", "list", "--all-regions"], env: KEYS },
  { args: [...TOKEN, "--role-arn", `arn:aws:iam::${ACCOUNT}:role/deployer`], env: KEYS },
  { args: ["aws", "ecr", "login", "--registry", `${ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`], env: KEYS },
  { args: ["aws", "ecr", "login", "--registry", "public.ecr.aws"], env: KEYS },
];

type Answers = ReadonlyMap<string, readonly NetResponse[]>;

/** Returns the right answers of a flow, by call and in order. Permission net (127.0.0.1). */
export async function answerFlow(flow: Flow): Promise<Answers> {
  await using aws = await startStandin({ sso: {}, enabledRegions: { [ACCOUNT]: ["us-east-2"] } });
  const answers = new Map<string, NetResponse[]>();
  await runWith(flow, {
    url: aws.url,
    disk: newDisk(),
    answer: async (request) => {
      const answer = await ask(request);
      const call = callName(request);
      if (answer.status === 200) answers.set(call, [...answers.get(call) ?? [], answer]);
      return answer;
    },
  });
  return answers;
}

const NOWHERE = "http://127.0.0.1:9";

async function ask({ url, method, headers, body }: NetRequest): Promise<NetResponse> {
  if (url.startsWith(GITHUB)) {
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify({ count: 1, value: JWT })) };
  }
  const given = body === undefined ? {} : { body: body as BodyInit };
  const answer = await fetch(url, {
    method,
    headers: { ...headers },
    redirect: "manual",
    ...given,
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.bytes() };
}

export interface Played extends MemoryRun {
  /** The files that were added or changed. */
  readonly written: readonly { readonly path: string; readonly text: string; readonly isKept: boolean }[];
}

/** Runs a flow with answers in this order, the last one of a call again and again. */
export async function playFlow(flow: Flow, answers: Answers): Promise<Played> {
  const left = new Map([...answers].map(([call, list]) => [call, [...list]]));
  const disk = newDisk();
  const before = textsOn(disk);
  const run = await runWith(flow, {
    url: NOWHERE,
    disk,
    answer: (request) => {
      const list = left.get(callName(request)) ?? [];
      const answer = list.length > 1 ? list.shift() : list[0];
      return Promise.resolve(answer ?? { status: 400, headers: {}, body: new TextEncoder().encode("{}") });
    },
  });
  const written = [...textsOn(disk)].filter(([path, text]) => before.get(path) !== text);
  return {
    ...run,
    written: written.map(([path, text]) => ({ path, text, isKept: !/\/\.cache\/|\.lock$/.test(path) })),
  };
}

function newDisk(): MemoryFiles {
  return diskWith({ "/home/me/repo/atmos.yaml": CONFIG });
}

interface Place {
  /** Of AWS. */
  readonly url: string;
  readonly disk: MemoryFiles;
  readonly answer: (request: NetRequest) => Promise<NetResponse>;
}

const MOST_REQUESTS = 1_500;

async function runWith({ args, env }: Flow, { url, disk, answer }: Place): Promise<MemoryRun> {
  const place = { AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: "true", AWS_MAX_ATTEMPTS: "1" };
  return await memoryAtmos(args, {
    disk,
    env: { ...place, ATMOS_TRUST: "1", ATMOS_FORCE_TTY: "1", ...env },
    tty: { stdin: true, stderr: true },
    now: Date.now(),
    net: Array.from({ length: MOST_REQUESTS }, () => answer),
  });
}

function textsOn(disk: MemoryFiles, directory = "/home/me"): ReadonlyMap<string, string> {
  return new Map(
    disk.reader.list(directory).flatMap((name) => {
      const path = `${directory}/${name}`;
      return disk.reader.stat(path)?.isDirectory ? [...textsOn(disk, path)] : [[path, disk.text(path) ?? ""] as const];
    }),
  );
}
