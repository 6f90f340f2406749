import type { Needs } from "../host/host.ts";
import { dirname, expandHome, isAbsolute, resolve } from "../store/paths.ts";
import { repositoryOf } from "./sources.ts";

export interface BasePathInput {
  /** `base_path` as it was given; undefined or empty when it was not. */
  readonly said: string | undefined;
  /** The file that said it; undefined for a flag or a variable, which are seen from the current directory. */
  readonly file?: string;
  /** Where the configuration lies; undefined when there is none. */
  readonly directory: string | undefined;
}

/**
 * The absolute directory that the configuration's paths start from. Nothing said: the repository, else the
 * configuration's directory, else the current one. `.` and `..` in front: seen from the file that says so. A bare name:
 * in the repository, else in the current directory. Permissions: read, env.
 */
export function resolveBasePath(host: Needs<"read" | "env">, { said = "", file, directory }: BasePathInput): string {
  const cwd = host.read.cwd();
  const path = expandHome(host, said) ?? said;
  if (path === "") return repositoryOf(host, cwd) ?? directory ?? cwd;
  if (isAbsolute(path)) return resolve("/", path);
  if (/^\.\.?(?:\/|$)/.test(path)) return resolve(file === undefined ? cwd : dirname(file), path);
  return resolve(repositoryOf(host, cwd) ?? cwd, path);
}
