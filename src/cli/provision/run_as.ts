import { childEnvironment, foreignVariables } from "../../auth/environment/child_environment.ts";
import { loginSecretsAmong } from "../../auth/environment/login_secrets.ts";
import { isAmbient } from "../../auth/model/chain.ts";
import type { Variables } from "../../auth/environment/environment.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { Globals } from "../args/global_flags.ts";
import { printable } from "../output/text.ts";
import type { HandedOut } from "./hand_out.ts";
import { buildVariables } from "./environment.ts";
import { openKubectlFiles } from "./kubectl_files.ts";
import type { SelectedContext } from "./select_context.ts";

interface RunAsInput {
  readonly model: AuthModel;
  /** What the whole configuration sets for programs. */
  readonly variables?: Variables;
  readonly obtained: Pick<HandedOut, "chain" | "fingerprint" | "name" | "source" | "region" | "credentials">;
  readonly selected: SelectedContext;
  readonly globals: Globals;
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
 * shell for one that cannot be started. Its selector of a kubectl context is gone afterwards.
 */
export async function runAs(
  host: StoreHost & Needs<"env" | "run" | "terminal">,
  input: RunAsInput,
): Promise<number> {
  const { model, obtained, selected, globals, command, args, shell } = input;
  const parent = { ...host.env.all(), ...withoutForeign(input.variables ?? {}) };
  const kubectl = await openKubectlFiles(host, { selected, chain: obtained.chain, globals });
  try {
    const env = childEnvironment({
      parent,
      withheld: loginSecretsAmong(parent, model),
      login: buildVariables(host, { obtained, kubectl: kubectl.files, selected }),
      contexts: selected.contexts,
      ambient: isAmbient(obtained.chain),
      shell,
    });
    return await host.run.foreground({ command, args, env });
  } catch (error) {
    if (!isFileError(error)) throw error;
    const missing = error.kind === "not-found";
    const found = missing ? describeNotFound(command) : "it is not an executable file";
    host.terminal.err(`Error: Cannot run "${printable(command)}": ${found}\n`);
    return missing ? NOT_FOUND : NOT_EXECUTABLE;
  } finally {
    kubectl.close();
  }
}

/** What the configuration says for all of it must not make the program another identity, nor one that is ambient. */
function withoutForeign(variables: Variables): Variables {
  const foreign = new Set(foreignVariables(variables));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !foreign.has(name)));
}

function describeNotFound(command: string): string {
  return /[/\\]/.test(command) ? "there is no such file" : "there is no such program on PATH";
}
