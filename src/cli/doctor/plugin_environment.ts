import type { Needs } from "../../host/host.ts";
import type { ExecBlock } from "../../kube/exec/exec_block.ts";
import { findFlag, readExecTarget } from "../../kube/exec/exec_target.ts";
import type { MergedContext } from "../../kube/kubectl/merged_files.ts";
import { isBeyondTreeOf, isInRepository } from "../../config/files/tree.ts";
import type { Globals } from "../args/global_flags.ts";
import type { ClaimsInput } from "../login/credential_claims.ts";

/**
 * Returns whether every part of a context is in a file that no commit changes: neither in a repository nor in the working
 * tree of the current directory. Permissions: read, env (HOME).
 */
export function isOwnContext(host: Needs<"read" | "env">, context: MergedContext | undefined): boolean {
  const paths = [context?.path, context?.cluster?.path, context?.user?.path].filter((path) => path !== undefined);
  const directory = host.read.cwd();
  return paths.every((path) => !isInRepository(host, path) && isBeyondTreeOf(host, { directory, path }));
}

/** Whose credentials and which region are meant; others say where AWS is, and which programs give its credentials. */
const HARMLESS: ReadonlySet<string> = new Set(["AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"]);

interface PluginOrigin {
  readonly exec: ExecBlock | undefined;
  /** Whether it is of the user's own files. */
  readonly isOwn: boolean;
}

/**
 * Returns the host as a plugin sees it: its variables are those of the kubeconfig before those of the shell. Of a working
 * tree's kubeconfig only those that send nothing elsewhere.
 */
export function withPluginVariables<H extends Needs<"env">>(host: H, { exec, isOwn }: PluginOrigin): H {
  const used = (exec?.env ?? []).filter(({ name }) => isOwn || HARMLESS.has(name));
  if (used.length === 0) return host;
  const own = new Map(used.map(({ name, value }) => [name, value]));
  return {
    ...host,
    env: {
      get: (name) => own.has(name) ? own.get(name) || undefined : host.env.get(name),
      all: () => ({ ...host.env.all(), ...Object.fromEntries(own) }),
    },
  };
}

/** Returns whose credentials a plugin's command line asks for, as `aws eks token` and `aws eks get-token` read it. */
export function pluginClaims(
  exec: ExecBlock | undefined,
): Omit<ClaimsInput, "globals"> & { readonly identity?: string } {
  if (exec === undefined) return {};
  const { plugin, identity } = readExecTarget(exec);
  const profile = findFlag(exec.args, ["--profile"]);
  const named = profile === undefined ? {} : { profile };
  if (plugin === "aws") return { ...named, hasNoIdentity: true };
  if (plugin !== "atmos") return {};
  if (exec.args.includes("--no-identity")) return { ...named, hasNoIdentity: true };
  return { ...named, ...(identity === undefined ? {} : { identity }) };
}

/** Returns the flags with those of a plugin's command line that say which atmos.yaml is meant, where none are given. */
export function pluginGlobals(globals: Globals, exec: ExecBlock | undefined): Globals {
  if (exec === undefined || readExecTarget(exec).plugin !== "atmos") return globals;
  if (globals.config.length + globals["config-path"].length + globals["config-profile"].length > 0) return globals;
  const values = (flag: string) =>
    exec.args.flatMap((arg) => arg.startsWith(`--${flag}=`) ? [arg.slice(flag.length + 3)] : []);
  const [basePath = globals["base-path"]] = values("base-path");
  return {
    ...globals,
    "config": values("config"),
    "config-path": values("chdir"),
    "config-profile": values("config-profile"),
    ...(basePath === undefined ? {} : { "base-path": basePath }),
  };
}
