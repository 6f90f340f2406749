import type { Needs } from "../../../host/host.ts";
import { expandHome, isAbsolute, normalize, resolve } from "../../../store/paths.ts";
import { usageError } from "../../args/usage_error.ts";

type BinHost = Needs<"env" | "read" | "sys">;

const USUAL = ["~/.local/bin", "~/bin"] as const;

export interface BinDirectory {
  readonly path: string;
  /** Whether programs in it are found by their names. */
  readonly onPath: boolean;
}

/**
 * Where a program of this person goes: the directory that is given, else a usual one that PATH has, else one of PATH
 * that is theirs, else ~/.local/bin. AppError "usage" without HOME. Permissions: env, read, sys.
 */
export function binDirectory(host: BinHost, given: string | undefined): BinDirectory {
  const known = pathDirectories(host);
  if (given !== undefined) {
    const path = resolve(host.read.cwd(), expandHome(host, given) ?? given);
    return { path, onPath: known.includes(path) };
  }
  const usual = USUAL.flatMap((path) => expandHome(host, path) ?? []);
  const found = usual.find((path) => known.includes(path)) ?? known.find((path) => isOwn(host, path));
  if (found !== undefined) return { path: found, onPath: true };
  const [first] = usual;
  if (first !== undefined) return { path: first, onPath: false };
  throw usageError({ what: "no --bin-dir", found: "HOME is not set", hint: "Give one: --bin-dir DIRECTORY" });
}

/** The directories in which a program may have been put. */
export function binCandidates(host: BinHost, given: string | undefined): readonly string[] {
  if (given !== undefined) return [binDirectory(host, given).path];
  return [...new Set([...pathDirectories(host), ...USUAL.flatMap((path) => expandHome(host, path) ?? [])])];
}

function pathDirectories({ env, sys }: BinHost): readonly string[] {
  return (env.get("PATH") ?? "").split(sys.os === "windows" ? ";" : ":").filter(isAbsolute).map(normalize);
}

function isOwn(host: BinHost, path: string): boolean {
  const home = expandHome(host, "~");
  if (home === undefined || !path.startsWith(`${home}/`)) return false;
  const stat = host.read.stat(path);
  return stat?.isDirectory === true && stat.uid === host.sys.uid() && (stat.mode & 0o022) === 0;
}
