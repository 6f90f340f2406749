import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { dataHome, expandHome, join, resolve } from "../../store/paths.ts";
import { doingWith } from "./keyring_failure.ts";

interface DirectorySetting {
  /** As written; undefined: the data directory of the user. */
  readonly path: string | undefined;
}

/** Where the encrypted files are, absolute. AppError "config-invalid" without HOME. Permissions: env, read. */
export function keyringDirectory(host: Needs<"env" | "read">, { path }: DirectorySetting): string {
  if (path === undefined) {
    const home = dataHome(host);
    if (home !== undefined) return join(home, "atmos", "keyring");
  } else {
    const expanded = expandHome(host, path);
    if (expanded !== undefined) return resolve(host.read.cwd(), expanded);
  }
  throw new AppError("config-invalid", "Cannot find the keyring: HOME is not set", {
    hint: "Set HOME, or ATMOS_KEYRING_FILE_PATH to the directory of the encrypted files",
  });
}

/** The file of an entry; a name may have slashes. */
export function entryFile(name: string): string {
  return name.replace(/[%/]/g, (one) => one === "%" ? "%25" : "%2F");
}

const ENTRY = /^atmos_(?!.*\.(?:atmos-lock|atmos-tmp|lock)$)/;

/** The names of the entries that are there. */
export function entryNames(host: Needs<"read">, directory: string): readonly string[] {
  return doingWith({ verb: "read", path: directory }, () => {
    if (host.read.stat(directory) === undefined) return [];
    const files = host.read.list(directory).filter((file) => ENTRY.test(file));
    return files.map((file) => file.replace(/%(25|2F)/g, (_, code) => code === "25" ? "%" : "/"));
  });
}
