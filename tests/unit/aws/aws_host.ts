import type { NetRequest, NetResponse } from "../../../src/host/host.ts";
import { type FakeHost, fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

export interface AwsHostInput {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Symbolic links, each to where it leads, and who made it. */
  readonly links?: Readonly<Record<string, { readonly to: string; readonly uid: number }>>;
  /** Answers every request; without it one fails the test. */
  readonly answer?: (request: NetRequest) => NetResponse | Promise<NetResponse>;
  readonly now?: number;
}

/** The fake host with files given as text. */
export function awsHost(input: AwsHostInput = {}): FakeHost {
  const files = new MemoryFiles();
  for (const [path, text] of Object.entries(input.files ?? {})) files.put(path, text);
  for (const [path, link] of Object.entries(input.links ?? {})) files.symlink(path, link);
  return fakeHost({
    env: input.env ?? {},
    files: { read: files.reader, write: files.writer },
    net: input.answer === undefined ? [] : Array.from({ length: 10 }, () => input.answer!),
    ...(input.now === undefined ? {} : { now: input.now }),
  });
}

export function answer(status: number, body: string): NetResponse {
  return { status, headers: { "content-type": "application/json" }, body: new TextEncoder().encode(body) };
}

/** Settings under which a call is made once, at AWS's own endpoints. */
export const SETTINGS = {
  profile: "p",
  endpoints: {},
  fips: false,
  dualstack: false,
  maxAttempts: 1,
  retryMode: "standard",
} as const;
