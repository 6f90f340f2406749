import { yamlFilesBelow } from "../../config/import_files.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import { profileDirectory, profileNames } from "../../config/profiles.ts";
import { readConfigBytes } from "../../config/files/source_file.ts";
import type { Needs } from "../../host/host.ts";
import { AppError } from "../../errors.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { isSameName } from "../../integrations/contract/linked.ts";
import type { Author } from "../../integrations/contract/author.ts";
import { readRecordedContexts, type RecordedContexts } from "../../integrations/eks/context_record.ts";
import { isFileError } from "../../host/files/file_error.ts";
import { dirname, isInside } from "../../store/paths.ts";
import { mayBeThere } from "../../store/current_file.ts";
import type { LoadedAuth } from "../project/load.ts";

type LookHost = Needs<"env" | "read" | "sys">;

/**
 * Returns what is recorded for integrations that the configuration has written for, and does not have any more. One that
 * may only not have been loaded is not gone: each file that defined it was read in this run or is deleted, nothing that
 * was read is in error, no import was skipped, and no profile that was left out has its name. Permissions: env, read, sys.
 */
export function findGoneIntegrations(
  host: LookHost,
  input: Pick<LoadedAuth, "config" | "model"> & { readonly author: Author },
): readonly RecordedContexts[] {
  const { author: { location }, config, model } = input;
  const isWhole = config.skippedImports.length === 0 && !config.problems.some(({ severity }) => severity === "error");
  if (location === undefined || !isWhole) return [];
  const known = [...model.integrations.keys(), ...model.broken.map(({ name }) => name)];
  const isRead = (file: string) => config.files.includes(file) || isDeleted(host, { file, location });
  const missing = readRecordedContexts(host).filter(({ configLocation, integration, definedIn = [] }) =>
    configLocation === location && !known.some((name) => isSameName(name, integration)) &&
    definedIn.length > 0 && definedIn.every(isRead)
  );
  if (missing.length === 0) return [];
  const elsewhere = profilesLeftOut(host, config);
  const isElsewhere = (name: string) => elsewhere.some((text) => text?.includes(name.toLowerCase()) ?? true);
  return missing.filter(({ integration }) => !isElsewhere(integration));
}

/** What lies elsewhere than the configuration may be on a disk that is not there now. */
function isDeleted(
  host: Needs<"read">,
  { file, location }: { readonly file: string; readonly location: string },
): boolean {
  const directory = host.read.stat(location)?.isDirectory ? location : dirname(location);
  return isInside(directory, file) && !mayBeThere(host, file);
}

/** The texts of profiles that were not laid over the configuration, in lower case; undefined: it cannot be read. */
function profilesLeftOut(
  host: LookHost,
  { root, directory, profiles, files }: LoadedConfig,
): readonly (string | undefined)[] {
  const from = { root, directory };
  const names = profileNames(host, from).filter((name) => !profiles.includes(name));
  return names.flatMap((name) => {
    const paths = orUndefined(() => yamlFilesBelow(host, profileDirectory(host, { profile: { name }, from })));
    const unread = paths?.filter((path) => !files.includes(path));
    return unread?.map((path) => orUndefined(() => lenientUtf8(readConfigBytes(host, path)).toLowerCase())) ??
      [undefined];
  });
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || isFileError(error)) return undefined;
    throw error;
  }
}
