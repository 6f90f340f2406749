/** What a system searches where PATH is not set. */
const USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * Returns the list without what the current directory completes: `.`, other relative directories and nothing at all. It
 * may be a repository's, which could have its own programs under any name.
 */
export function absolutePath(path = USUAL_PATH): string {
  return path.split(":").filter((directory) => directory.startsWith("/")).join(":");
}

/**
 * Returns the path of a program that is named without one, as PATH has it, relative directories left out; itself for one
 * that has a path, and on Windows, where the system searches. Throws NotFound. Permission: read.
 */
export function findProgram(command: string, path: string | undefined): string {
  if (command.includes("/") || Deno.build.os === "windows") return command;
  const places = absolutePath(path).split(":").map((directory) => `${directory}/${command}`);
  const files = places.filter((place) => getMode(place) !== undefined);
  const found = files.find((place) => (getMode(place)! & 0o111) !== 0) ?? files[0];
  if (command === "" || found === undefined) throw new Deno.errors.NotFound(`${command} is not on PATH`);
  return found;
}

/** Of a regular file. */
function getMode(path: string): number | undefined {
  try {
    const found = Deno.statSync(path);
    return found.isFile ? found.mode ?? 0 : undefined;
  } catch {
    return undefined;
  }
}
