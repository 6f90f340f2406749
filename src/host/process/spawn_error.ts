/** A program that the system does not start, as Node says it: "spawn /opt/chrome ENOENT". */
const SPAWN_ERROR = /^spawn .*\b(E[A-Z0-9]+)$/s;
/** How long an error may come after whatever else has failed for want of the process. */
const TURNS = 20;

/** Those who wait for one. */
const waiting = new Set<(error: Error) => void>();

/**
 * Returns what `start` returns, which starts a program as Node does. That it cannot be started is an error that Node
 * throws at no one in particular, which would end this process; it is thrown here instead.
 */
export async function catchSpawnError<T>(start: () => Promise<T>): Promise<T> {
  let found: Error | undefined;
  const take = (error: Error) => void (found = error);
  waiting.add(take);
  try {
    return await start();
  } catch (error) {
    for (let turn = 0; turn < TURNS && found === undefined; turn++) await new Promise((next) => setTimeout(next, 1));
    throw found ?? error;
  } finally {
    waiting.delete(take);
  }
}

/** Returns whether an error that no one has caught is one that is waited for, and hands it over. */
export function takeSpawnError(error: unknown): boolean {
  if (waiting.size === 0 || spawnErrorCode(error) === undefined) return false;
  for (const take of waiting) take(error as Error);
  return true;
}

/** Returns the system's code for why a program does not start, such as ENOEXEC; undefined for other errors. */
export function spawnErrorCode(error: unknown): string | undefined {
  return error instanceof Error ? SPAWN_ERROR.exec(error.message)?.[1] : undefined;
}
