import { isRegularFile } from "../../config/files/file_checks.ts";
import { FileError, isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { type ExecBlock, findExecFault } from "../../kube/exec/exec_block.ts";
import { isEksTarget, readExecTarget } from "../../kube/exec/exec_target.ts";
import type { MergedContext } from "../../kube/kubectl/merged_files.ts";
import { addWords, type CommandPart } from "../../remedy.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { dirname, isAbsolute, join, pathListSeparator, resolve } from "../../store/paths.ts";
import { failure, ok, skipped, type Verdict, warning } from "./step.ts";

type PluginHost = Needs<"env" | "read" | "run" | "sys">;

interface PluginInput {
  readonly context: MergedContext | undefined;
  /** A command that writes the entry again. */
  readonly update: CommandPart | undefined;
}

/** Returns whether kubectl can start the credential plugin of a context, and would take what it gives. */
export async function checkPlugin(host: PluginHost, { context, update }: PluginInput): Promise<Verdict> {
  const user = context?.user;
  if (user === undefined) return skipped("there is no user in a kubeconfig");
  if (user.exec === undefined) {
    const found = `user "${user.name}" has no credential plugin (exec), so kubectl sends no EKS token`;
    return failure("kubeconfig-merge", found, { fix: update });
  }
  const fault = findExecFault(user.exec);
  if (fault !== undefined) return failure("kubeconfig-merge", `user "${user.name}": ${fault}`, { fix: update });
  const program = findProgram(host, { command: user.exec.command, file: user.path });
  if (program === undefined) return missingProgram(user.exec.command, update);
  const [other] = [...user.others?.preferred ?? [], ...user.others?.replaced ?? []];
  if (other !== undefined) {
    return warning(`user "${user.name}" also has ${other}, which kubectl uses before the plugin`, { fix: update });
  }
  return await checkVersion(host, { program, exec: user.exec });
}

function missingProgram(command: string, update: CommandPart | undefined): Verdict {
  const own = update === undefined ? undefined : addWords(update, "--exec-command", "atmos");
  const where = /[\\/]/.test(command) ? "does not exist" : "is not on PATH";
  return failure("kubeconfig-merge", `kubectl runs ${command || "(nothing)"} for a token, which ${where}`, {
    fix: own,
    hint: "Or install it where kubectl finds it",
  });
}

/** As kubectl finds it: a path with a separator starts from the kubeconfig's directory, a name is looked up in PATH. */
function findProgram(
  host: Needs<"env" | "read" | "sys">,
  { command, file }: { readonly command: string; readonly file: string },
): string | undefined {
  const isThere = (path: string) => isRegularFile(host, path);
  const names = host.sys.os === "windows" ? [command, `${command}.exe`, `${command}.cmd`] : [command];
  if (/[\\/]/.test(command)) return names.map((name) => resolve(dirname(file), name)).find(isThere);
  const directories = (host.env.get("PATH") ?? "").split(pathListSeparator(host)).filter((path) => path !== "");
  return directories.flatMap((path) => names.map((name) => join(path, name))).find(isThere);
}

async function checkVersion(
  host: PluginHost,
  { program, exec }: { readonly program: string; readonly exec: ExecBlock },
): Promise<Verdict> {
  const target = readExecTarget(exec);
  const variables = exec.env.length === 0 ? "" : `, with ${exec.env.map(({ name }) => name).join(", ")}`;
  const runs = `kubectl runs ${program}${variables}`;
  if (!isEksTarget(target)) return warning(`${runs}, which is not known to make EKS tokens`);
  if (target.plugin === "atmos" || !mayRun(host, { program, exec })) return ok(runs);
  const version = await askVersion(host, program).catch((error) => {
    if (isFileError(error)) return error;
    throw error;
  });
  if (version instanceof FileError) {
    return failure("kubeconfig-merge", `${runs}, which cannot be started: ${explainFileError(version, program)}`);
  }
  if (version === "late") return ok(`${runs}, which took too long to say its version`);
  if (version === undefined) return warning(`${runs}, which does not say its version: is it the AWS CLI?`);
  if (isRecent(version)) return ok(`${runs} (aws-cli ${version.join(".")})`);
  const found = `${runs} (aws-cli ${version.join(".")}), whose tokens kubectl 1.24 and later refuse (v1alpha1)`;
  return failure("kubeconfig-merge", found, { hint: "Install a later version of the AWS CLI" });
}

/** Only the AWS CLI, as PATH has it, and none of the working tree: what else a kubeconfig names is not started here. */
function mayRun(
  host: Needs<"read">,
  { program, exec }: { readonly program: string; readonly exec: ExecBlock },
): boolean {
  return exec.command === "aws" && isAbsolute(program) && !program.startsWith(`${host.read.cwd()}/`);
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 10_000;

async function askVersion(host: Needs<"run">, command: string): Promise<readonly number[] | "late" | undefined> {
  const { stdout, stderr, stopped } = await host.run.capture({
    command,
    args: ["--version"],
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
  });
  if (stopped === "timeout") return "late";
  return /^aws-cli\/(\d+)\.(\d+)\.(\d+)/.exec(stdout || stderr)?.slice(1).map(Number);
}

/** The first of each major version that answers in v1beta1. https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html */
const FIRST: Readonly<Record<number, readonly [minor: number, patch: number]>> = { 1: [23, 9], 2: [6, 3] };

function isRecent([major = 0, minor = 0, patch = 0]: readonly number[]): boolean {
  const [leastMinor, leastPatch] = FIRST[major] ?? [0, 0];
  return minor > leastMinor || (minor === leastMinor && patch >= leastPatch);
}
