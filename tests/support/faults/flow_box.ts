import { atmosStart } from "../atmos/run_atmos.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import type { FaultFlow } from "./fault_flow.ts";

/** HOME as flows have it. */
const HOME = "/home/me";

/** What is different about one start of the program. */
export interface Start {
  /** Words before the program. */
  readonly prefix?: readonly string[];
  /** The program, where it is not the usual copy. */
  readonly words?: readonly string[];
  /** undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface BoxRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A directory with a HOME, a place for temporary files and nothing else, and an AWS: what a flow starts from is there. */
export interface FlowBox extends AsyncDisposable {
  readonly root: string;
  readonly home: string;
  readonly tmp: string;
  /** Where a copy of the program can be; nothing is there. */
  readonly program: string;
  readonly aws: Standin;
  /** A path of a flow, as this box has it. */
  at(path: string): string;
  run(start?: Start): Promise<BoxRun>;
}

/** Makes one, and runs what has to run before. Permissions: read, write, run, env, net (127.0.0.1). */
export async function makeFlowBox(flow: FaultFlow): Promise<FlowBox> {
  const aws = await startStandin({ ...flow.aws, sso: flow.aws?.sso ?? {} });
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "atmos-box-" }));
  Deno.chmodSync(root, 0o755);
  const [home, tmp] = [`${root}/home`, `${root}/tmp`];
  const here = JSON.parse(JSON.stringify(flow).replaceAll(HOME, home)) as FaultFlow;
  for (const directory of [home, tmp, `${home}/repo`]) Deno.mkdirSync(directory, { mode: 0o700 });
  for (const [path, text] of Object.entries(here.files)) placeFile(path, text);
  const env = { ...variables({ home, tmp, url: aws.url }), ...here.env };
  const run = (args: readonly string[], start: Start = {}) =>
    runIn({ args, env, cwd: `${home}/repo`, flow: here }, start);
  for (const args of here.before ?? []) {
    const { status, err } = await run(args);
    if (status !== 0) throw new Error(`${args.join(" ")}: ${err}`);
  }
  flow.meanwhile?.(aws);
  return {
    ...{ root, home, tmp, aws, program: `${root}/program` },
    at: (path) => path.replace(HOME, home),
    run: (start) => run(here.args, start),
    async [Symbol.asyncDispose]() {
      await aws.close();
      Deno.removeSync(root, { recursive: true });
    },
  };
}

function variables({ home, tmp, url }: { readonly home: string; readonly tmp: string; readonly url: string }) {
  return {
    ...{ HOME: home, TMPDIR: tmp, PATH: "/usr/local/bin:/usr/bin:/bin", AWS_ENDPOINT_URL: url },
    ...{ AWS_EC2_METADATA_DISABLED: "true", ATMOS_TRUST: "1", ATMOS_FORCE_TTY: "1" },
  };
}

function placeFile(path: string, text: string): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true, mode: 0o700 });
  Deno.writeTextFileSync(path, text, { mode: 0o600 });
}

interface RunInput {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly flow: FaultFlow;
}

async function runIn({ args, env, cwd, flow: { lines = [] } }: RunInput, start: Start): Promise<BoxRun> {
  const atmos = atmosStart({ isMeasured: false });
  const [command, ...words] = [...start.prefix ?? [], ...start.words ?? atmos.words, ...args];
  const all = Object.entries({ ...atmos.env, ...env, ...start.env }).filter(([, value]) => value !== undefined);
  const child = new Deno.Command(command!, {
    args: words,
    clearEnv: true,
    env: Object.fromEntries(all) as Record<string, string>,
    cwd,
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const typed = new Blob(lines.map((line) => `${line}\n`)).stream();
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), typed.pipeTo(child.stdin).catch(() => {})]);
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { status: code, out: out!, err: err! };
}
