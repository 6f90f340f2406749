import type { Needs } from "../../host/host.ts";
import { join } from "../../store/paths.ts";

/** Whether PATH leads to a program of one of these names. Permissions: env, read, sys. */
export function isOnPath(host: Needs<"env" | "read" | "sys">, ...names: readonly string[]): boolean {
  const separator = host.sys.os === "windows" ? ";" : ":";
  const directories = (host.env.get("PATH") ?? "").split(separator).filter((path) => path !== "");
  return directories.some((path) => names.some((name) => isFile(host, join(path, name))));
}

/** What can't be looked at is not there for anybody else either. */
export function isFile(host: Needs<"read">, path: string): boolean {
  try {
    return host.read.stat(path)?.isFile === true;
  } catch {
    return false;
  }
}
