import { dirname } from "../../store/paths.ts";
import { realTarget } from "../files/resolve_write_target.ts";
import { isBeyondTree, isBeyondTreeOf } from "../files/tree.ts";
import { isTrustedPlace, type LocationHost } from "./trusted_places.ts";

/**
 * Returns where a command that a file says starts: where the file is, if it is the user's own or of another working tree
 * than the current directory's, which may have other programs under the same names. undefined, for the current directory,
 * in the same tree. Permissions: read, env, sys.
 */
export function startDirectory(host: LocationHost, file: string): string | undefined {
  const cwd = host.read.cwd();
  const isApart = isTrustedPlace(host, file) || isBeyondTree(host, { file, path: cwd }) ||
    isBeyondTreeOf(host, { directory: cwd, path: file });
  const real = realTarget(host, file);
  return isApart && real !== undefined ? dirname(real) : undefined;
}
