import type { FileProblem } from "../../auth/files/file_problem.ts";
import { dockerConfigFile } from "../../docker/locate.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { findLeftoverBeside, findLeftovers, removeLeftover } from "../../store/leftovers.ts";
import { isOwnDirectory } from "../../store/own_directories.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import { cacheHome, configHome, dataHome, expandHome, join, stateHome } from "../../store/paths.ts";

/**
 * Returns the temporary files of runs that were killed while they wrote credentials, sessions, keyrings or docker's
 * config.json: they have the same secrets, of whatever identity; none in a directory that others may change. Permissions: env, read, sys (uid).
 */
export function findInterrupted(host: Needs<"env" | "read" | "sys">): readonly string[] {
  const homes = [configHome(host), cacheHome(host), dataHome(host), stateHome(host)];
  const directories = homes.flatMap((home) => home === undefined ? [] : [join(home, "atmos")]);
  const below = [...new Set(directories)].filter((one) => isOwnDirectory(host, one)).flatMap((one) =>
    findLeftovers(host, one)
  );
  return [...new Set([...below, ...besideDocker(host)])];
}

function besideDocker(host: Needs<"env" | "read">): readonly string[] {
  const hasPlace = (host.env.get("DOCKER_CONFIG") ?? expandHome(host, "~")) !== undefined;
  return hasPlace ? findLeftoverBeside(host, dockerConfigFile(host)) : [];
}

interface RemovedLeftovers {
  readonly removed: readonly string[];
  /** What is still there, and why. */
  readonly left: readonly FileProblem[];
}

/** Removes them, but for those that a run is writing now. Throws nothing. Permissions: read, write. */
export function removeInterrupted(host: Needs<"read" | "write">, paths: readonly string[]): RemovedLeftovers {
  const removed: string[] = [];
  const left: FileProblem[] = [];
  for (const path of paths) {
    try {
      if (removeLeftover(host, path)) removed.push(path);
    } catch (error) {
      if (!isFileError(error)) throw error;
      const message = `Cannot remove what an interrupted run left in "${path}": ${explainFileError(error, path)}`;
      left.push({ message, hint: `Check it, then: rm ${quotePosix(path)}` });
    }
  }
  return { removed, left };
}

/** Clears away what there is, for a login: what cannot be removed, `auth logout` reports. Throws nothing. */
export function clearInterrupted(host: Needs<"env" | "read" | "write" | "sys">): void {
  removeInterrupted(host, findInterrupted(host));
}

/** Returns what is said of one. */
export function describeInterrupted(path: string): string {
  return `what an interrupted run left in ${path}`;
}
