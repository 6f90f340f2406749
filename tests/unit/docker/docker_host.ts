import type { RunResult } from "../../../src/host/host.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

export const PATH = "/home/me/.docker/config.json";
export const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

export const auth = (text: string) => btoa(text);

/** A home with docker's config.json, and programs that answer in order. */
export function dockerHost({ text, run = [], env = {} }: {
  readonly text?: string;
  readonly run?: readonly RunResult[];
  readonly env?: Readonly<Record<string, string>>;
} = {}) {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  if (text !== undefined) {
    files.directory("/home/me/.docker");
    files.put(PATH, text);
  }
  const host = fakeHost({
    env: { HOME: "/home/me", ...env },
    uid: 1000,
    files: { read: files.reader, write: files.writer },
    run,
  });
  return { files, host };
}

export const OK: RunResult = { status: 0, stdout: "", stderr: "" };
