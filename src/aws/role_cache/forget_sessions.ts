import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { cacheHome, join } from "../../store/paths.ts";

/**
 * Removes the sessions of roles that are kept, whoever asked for them: they can be had again. What cannot be removed ends
 * by itself within an hour. Permissions: env, read, write.
 */
export function forgetSessions(host: Needs<"env" | "read" | "write">): void {
  const home = cacheHome(host);
  if (home === undefined) return;
  const directory = join(home, "atmos", "sessions");
  try {
    const kept = host.read.list(directory).filter((name) => name.endsWith(".json"));
    for (const name of kept) host.write.remove(join(directory, name));
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
