import { isRegularFile } from "../../config/files/file_checks.ts";
import type { Needs } from "../../host/host.ts";
import { isAbsolute, join, pathListSeparator } from "../../store/paths.ts";

/** Whether an absolute directory of PATH has a program of one of these names. Permissions: env, read, sys. */
export function isOnPath(host: Needs<"env" | "read" | "sys">, ...names: readonly string[]): boolean {
  const directories = (host.env.get("PATH") ?? "").split(pathListSeparator(host)).filter(isAbsolute);
  return directories.some((path) => names.some((name) => isRegularFile(host, join(path, name))));
}
