import { app } from "../../../src/app.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import type { Host, NetRequest, NetResponse } from "../../../src/host/host.ts";
import { forgetRecordedTexts } from "../../../src/hidden_texts.ts";
import { fakeHost } from "../host/fake_host.ts";
import { MemoryFiles } from "../host/memory_files.ts";
import { keyEnv, SESSION_KEY } from "../standin/keys.ts";
import { JOB } from "./fault_flow.ts";

export const REPO = "/home/me/repo";

export interface CanaryRunInput {
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Absolute path to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Of the stand-in for AWS. */
  readonly url: string;
}

/** Everything that has left the program, by the way that it went. */
export interface Left {
  readonly status: number;
  readonly printed: string;
  readonly sent: string;
  readonly started: string;
  readonly written: string;
}

/** Runs one command in memory, where nothing is trusted, no one is asked, and AWS answers everything. Permission: net. */
export async function runWithCanary({ args, stdin, files, env, url }: CanaryRunInput): Promise<Left> {
  // As a new process, which hides only what it has read itself.
  forgetRecordedTexts();
  const disk = new MemoryFiles();
  for (const [path, text] of Object.entries(files)) disk.put(path, text, { mode: 0o600 });
  const fake = fakeHost({
    files: { read: { ...disk.reader, cwd: () => REPO }, write: disk.writer },
    env: {
      ...{ HOME: "/home/me", PATH: "/bin", AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_MAX_ATTEMPTS: "1", ...keyEnv(SESSION_KEY), ...JOB, ...env },
    },
    now: Date.now(),
    lines: stdin === undefined ? [] : [stdin],
    visits: new Error("no browser comes back"),
  });
  const started: string[] = [];
  // What the user has in the environment, programs of the user inherit.
  const inherited = Object.values(env);
  const note = (input: unknown) =>
    void started.push(
      JSON.stringify(input, (key, value) => key in env && inherited.includes(value) ? undefined : value),
    );
  const run: Host["run"] = {
    capture: (input) => {
      if (input.command === "cp") return fake.run.capture(input);
      note(input);
      return Promise.resolve({ status: 1, stdout: "", stderr: "" });
    },
    foreground: (input) => (note(input), Promise.resolve(0)),
    browse: (input) => (note(input), Promise.reject(new Error("there is no browser"))),
  };
  const requests: NetRequest[] = [];
  const net: Host["net"] = { fetch: (request) => (requests.push(request), answer(request, url)) };
  const status = await app({ host: { ...fake, run, net }, registry: REGISTRY, giveUp: () => {} }, args);
  const { out, err, spins } = fake.seen;
  return {
    status,
    printed: [out, err, ...spins].join("\n"),
    sent: requests.map(showRequest).join("\n"),
    started: started.join("\n"),
    written: changesOn(disk, files),
  };
}

function showRequest({ url, method, headers, body }: NetRequest): string {
  const text = body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body);
  return decodeURIComponent(
    `${method} ${url} ${JSON.stringify(headers)} ${text}`.replaceAll(/%(?![0-9A-Fa-f]{2})/g, "%25"),
  );
}

function changesOn(disk: MemoryFiles, files: Readonly<Record<string, string>>): string {
  const all = [...disk.everything()].map(([path, { bytes }]) => ({ path, text: new TextDecoder().decode(bytes) }));
  return all.filter(({ path, text }) => files[path] !== text).map(({ path, text }) => `${path}\n${text}`).join("\n");
}

async function answer({ url, method, headers, body }: NetRequest, aws: string): Promise<NetResponse> {
  if (!url.startsWith(aws)) return { status: 404, headers: {}, body: new TextEncoder().encode("{}") };
  const found = await fetch(url, {
    method,
    headers: { ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
  return { status: found.status, headers: Object.fromEntries(found.headers), body: await found.bytes() };
}
