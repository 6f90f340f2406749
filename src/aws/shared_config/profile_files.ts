import type { Needs } from "../../host/host.ts";
import { findLoginFile } from "./provider_directory.ts";
import { readSharedFiles } from "./shared_files.ts";

/** The variables of a login that say where profiles are. */
const FILES: readonly string[] = ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"];

/**
 * Returns the host as a profile that a flag names is read: in the shell of an identity the files of its login have a
 * profile for each identity, and one of the user's own files may have the same name, which is the one that is meant.
 * AppErrors of readSharedFiles. Permissions: env, read.
 */
export function withProfileFiles<H extends Needs<"env" | "read">>(host: H, profile: string | undefined): H {
  if (profile === undefined || findLoginFile(host) === undefined) return host;
  const { env } = host;
  const own: H = {
    ...host,
    env: {
      get: (name: string) => FILES.includes(name) ? undefined : env.get(name),
      all: () => Object.fromEntries(Object.entries(env.all()).filter(([name]) => !FILES.includes(name))),
    },
  };
  return readSharedFiles(own).profiles.has(profile) ? own : host;
}
