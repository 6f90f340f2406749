import { parseCommaList } from "../../formats/text/comma_list.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecBlock } from "../../kube/exec/exec_block.ts";
import { findFlag, readExecTarget } from "../../kube/exec/exec_target.ts";
import type { MergedContext } from "../../kube/kubectl/merged_files.ts";
import { isFileThere } from "../../config/files/file_checks.ts";
import { realTarget } from "../../config/files/resolve_write_target.ts";
import { isBeyondTreeOf, isInRepository } from "../../config/files/tree.ts";
import { isTrustedPlace } from "../../config/trust/trusted_places.ts";
import { configHome, expandHome, isAbsolute, isInside, join, normalize } from "../../store/paths.ts";
import type { Globals } from "../args/global_flags.ts";
import type { ClaimsInput } from "../login/credential_claims.ts";

/**
 * Returns whether every part of a context really is in a file of the user's own, which no commit and no download changes:
 * below `~/.kube`, or where only the user can have put it. Permissions: read, env (HOME), sys (uid).
 */
export function isOwnContext(host: Needs<"read" | "env" | "sys">, context: MergedContext | undefined): boolean {
  const paths = [context?.path, context?.cluster?.path, context?.user?.path].filter((path) => path !== undefined);
  const directory = host.read.cwd();
  return paths.every((path) =>
    isOwnKubeconfig(host, path) && !isInRepository(host, path) && isBeyondTreeOf(host, { directory, path })
  );
}

function isOwnKubeconfig(host: Needs<"read" | "env" | "sys">, path: string): boolean {
  const [home, real] = [expandHome(host, "~"), realTarget(host, path)];
  const place = home && realTarget(host, join(home, ".kube"));
  return (place !== undefined && real !== undefined && isInside(place, real)) || isTrustedPlace(host, path);
}

/** Whose credentials, and for which region; whatever else a kubeconfig sets may start programs or lead elsewhere. */
const PLAIN: ReadonlySet<string> = new Set(
  ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_STS_REGIONAL_ENDPOINTS"],
);
const KEYS: ReadonlySet<string> = new Set(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]);
const FILES: ReadonlyMap<string, string> = new Map([
  ["AWS_CONFIG_FILE", "~/.aws/config"],
  ["AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"],
]);

interface PluginOrigin {
  readonly exec: ExecBlock | undefined;
  /** Whether it is of the user's own files. */
  readonly isOwn: boolean;
}

/** A profile of the user's own files or of those that a login writes is followed, and keys of a kubeconfig of the user's. */
function isFollowed(
  host: Needs<"read" | "env" | "sys">,
  { name, value }: ExecBlock["env"][number],
  isOwn: boolean,
): boolean {
  if (PLAIN.has(name) || (value === "" && name.startsWith("AWS_")) || (isOwn && KEYS.has(name))) return true;
  const usual = FILES.get(name);
  if (usual === undefined || !isAbsolute(value)) return false;
  return value === expandHome(host, usual) || isTrustedPlace(host, value) || isNothingYet(host, value);
}

/** Where a login would write. */
function isNothingYet(host: Needs<"read" | "env">, path: string): boolean {
  const home = configHome(host);
  return home !== undefined && isInside(join(home, "atmos"), normalize(path)) && realTarget(host, path) === path &&
    !isFileThere(host, path);
}

/** Returns the names of a plugin's variables that are not followed. Permissions: read, env, sys (uid). */
export function listUnfollowed(
  host: Needs<"read" | "env" | "sys">,
  { exec, isOwn }: PluginOrigin,
): readonly string[] {
  const all = (exec?.env ?? []).filter((one) => !isFollowed(host, one, isOwn));
  return [...new Set(all.map(({ name }) => name))];
}

/**
 * Returns the host as a plugin sees it: its variables are those of the kubeconfig, as far as they are followed, before
 * those of the shell.
 */
export function withPluginVariables<H extends Needs<"read" | "env" | "sys">>(
  host: H,
  { exec, isOwn }: PluginOrigin,
): H {
  const used = (exec?.env ?? []).filter((one) => isFollowed(host, one, isOwn));
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
    "config": values("config").flatMap(parseCommaList),
    "config-path": values("chdir"),
    "config-profile": values("config-profile").flatMap(parseCommaList),
    ...(basePath === undefined ? {} : { "base-path": basePath }),
  };
}
