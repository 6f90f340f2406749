/** A process that writes through the store: `append PATH LINE [STATE]` once, or `churn PATH` until it is killed. */
import { AppError } from "../../src/errors.ts";
import { clock, random } from "../../src/host/deno.ts";
import { FileError } from "../../src/host/files/file_error.ts";
import { reader, writer } from "../../src/host/files/files.ts";
import { env } from "../../src/host/process/env.ts";
import { sys } from "../../src/host/process/sys.ts";
import { RefusedFile } from "../../src/store/explain_file_error.ts";
import { type StoreHost, update, type Updated } from "../../src/store/replace.ts";
import { isSealed, seal } from "./store_seal.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

export const storeHost: StoreHost = { read: reader, write: writer, clock, random, sys, env };

/** What the process prints about its failure. */
export interface Failure {
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  readonly hint: string;
}

export interface Appending {
  readonly path: string;
  readonly line: string;
  readonly stateDirectory?: string;
  readonly timeoutMs?: number;
}

export function append({ path, line, stateDirectory, timeoutMs = 60_000 }: Appending): Promise<Updated> {
  return update(storeHost, {
    path,
    edit: (old) => new TextEncoder().encode(`${new TextDecoder().decode(old)}${line}\n`),
    timeoutMs,
    ...(stateDirectory === undefined ? {} : { stateDirectory }),
  });
}

/** One update to a content of random length; it throws when the old content is not whole. */
export function churnOnce(path: string, length: number): Promise<Updated> {
  return update(storeHost, {
    path,
    edit: (old) => {
      if (old !== undefined && !isSealed(old)) throw new Error("found a cut file");
      return seal(length);
    },
  });
}

async function churn(path: string): Promise<never> {
  console.log("ready");
  for (;;) await churnOnce(path, Math.floor(random.fraction() ** 3 * 300_000));
}

function describe(error: unknown): Failure {
  const hint = error instanceof AppError || error instanceof RefusedFile ? renderRemedy({}, error) : "";
  const reason = error instanceof AppError ? error.code : error instanceof FileError ? error.kind : "";
  return { name: (error as Error).name, reason, message: (error as Error).message, hint };
}

if (import.meta.main) {
  const [act, path, line, stateDirectory] = Deno.args as [string, string, string, string?];
  try {
    const outcome = act === "churn"
      ? await churn(path)
      : await append({ path, line, ...(stateDirectory === undefined ? {} : { stateDirectory }) });
    console.log(JSON.stringify(outcome));
  } catch (error) {
    console.error(JSON.stringify(describe(error)));
    Deno.exit(1);
  }
}
