import type { Needs } from "../host/host.ts";

/**
 * The registries whose login docker takes from DOCKER_AUTH_CONFIG, whatever its config.json and its helpers have: docker
 * 28.3 and later do. Permission: env. https://github.com/docker/cli/blob/v28.3.0/cli/config/configfile/file.go
 */
export function findHiddenLogins({ env }: Needs<"env">, registries: readonly string[]): readonly string[] {
  const value = env.get("DOCKER_AUTH_CONFIG");
  if (value === undefined) return [];
  const named = registriesIn(value);
  return registries.filter((registry) => named.has(registry));
}

/** Docker takes all of it or, where it does not like one of the entries, nothing. */
function registriesIn(value: string): ReadonlySet<string> {
  const entries = listMembers(only(parse(value), "auths"));
  return new Set(
    entries.every(([, entry]) => isLogin(only(entry, "auth"))) ? entries.map(([registry]) => registry) : [],
  );
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The value of the only key that an object may have; docker does not mind capitals. */
function only(value: unknown, key: string): unknown {
  const members = listMembers(value);
  return members.every(([name]) => name.toLowerCase() === key) ? members.at(-1)?.[1] : undefined;
}

function listMembers(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function isLogin(auth: unknown): boolean {
  if (typeof auth !== "string") return false;
  try {
    return /^[^:]+:/.test(new TextDecoder().decode(Uint8Array.fromBase64(auth, { lastChunkHandling: "strict" })));
  } catch {
    return false;
  }
}
