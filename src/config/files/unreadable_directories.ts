import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import type { Problem } from "../values/located.ts";

/** A warning for each directory that may hold configuration, and that we cannot look into. Permission: read. */
export function closedPlaces(host: Needs<"read">, directories: readonly string[]): readonly Problem[] {
  return [...new Set(directories)].flatMap((directory): readonly Problem[] => {
    const found = whyClosed(host, directory);
    if (found === undefined) return [];
    const message = `cannot be read: ${found}; configuration in it does not count`;
    return [{ severity: "warning", place: { file: directory, line: 1, column: 1 }, path: "", message }];
  });
}

/** What keeps us from listing a directory that is there. */
export function whyClosed(host: Needs<"read">, directory: string): string | undefined {
  try {
    if (host.read.stat(directory)?.isDirectory === true) host.read.list(directory);
    return undefined;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return isFileError(error, "not-found", "not-a-directory") ? undefined : explainFileError(error, directory);
  }
}
