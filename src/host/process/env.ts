import type { Env } from "../host.ts";
import { EnvError } from "./env_error.ts";

/** The process environment. To `get`, an empty value counts as unset, as the AWS SDKs and kubectl treat theirs. */
export const env: Env = {
  get: (name) => mayBeVariable(name) ? read(name) || undefined : undefined,
  all: () => Deno.env.toObject(),
};

/** The system has no variable of any other name, and the runtime takes none for a question. */
function mayBeVariable(name: string): boolean {
  return name !== "" && !/[=\0]/.test(name);
}

/** The runtime's own error quotes the value. */
function read(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    throw error instanceof Deno.errors.InvalidData ? new EnvError(name) : error;
  }
}
