import { childEnvironment } from "../../auth/environment/child_environment.ts";
import { loginSecretsAmong } from "../../auth/environment/login_secrets.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { isAmbient } from "../../auth/model/chain.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import type { LinkedFiles } from "./linked_files.ts";
import { variablesOf } from "./environment.ts";
import { printable } from "../output/text.ts";

interface RunAsInput {
  readonly model: AuthModel;
  readonly obtained: ActiveIdentity;
  readonly linked: LinkedFiles;
  readonly command: string;
  readonly args: readonly string[];
  /** Whether it is a shell, one level deeper than this one. */
  readonly shell: boolean;
}

// As shells have it: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/**
 * Runs a program as an identity, in an environment without other AWS variables and without what atmos logs in with; its exit status, or that of a
 * shell for one that cannot be started.
 */
export async function runAs(
  host: Needs<"env" | "read" | "run" | "sys" | "terminal">,
  input: RunAsInput,
): Promise<number> {
  const { model, obtained, linked, command, args, shell } = input;
  const parent = host.env.all();
  const env = childEnvironment({
    parent,
    withheld: loginSecretsAmong(parent, model),
    login: variablesOf(host, { obtained, linked }),
    identity: obtained.name,
    ambient: isAmbient(obtained.chain),
    shell,
  });
  try {
    return await host.run.foreground({ command, args, env });
  } catch (error) {
    if (!isFileError(error)) throw error;
    const missing = error.kind === "not-found";
    const found = missing ? foundNowhere(command) : "it is not an executable file";
    host.terminal.err(`Error: Cannot run "${printable(command)}": ${found}\n`);
    return missing ? NOT_FOUND : NOT_EXECUTABLE;
  }
}

function foundNowhere(command: string): string {
  return /[/\\]/.test(command) ? "there is no such file" : "there is no program of that name on PATH";
}
