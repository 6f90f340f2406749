import type { Needs } from "../host/host.ts";
import { basename, isAbsolute } from "../store/paths.ts";
import { CONFIG_NAMES } from "./files/file_checks.ts";
import { isHeld, type Source } from "./sources.ts";
import { isTrustedPlace } from "./trust/trusted_places.ts";
import { filesIn } from "./values/files_in.ts";
import type { LocatedEntry, LocatedMap } from "./values/located.ts";

interface LoginSourcesInput {
  readonly sources: readonly Source[];
  readonly root: LocatedMap;
  /** Which files are the user's own, imported ones too, where all were read. */
  readonly ownFiles?: { has(file: string): boolean };
}

/**
 * Returns the sources that logins are of, the weakest first: the user's own alone where nothing else says anything of
 * logins, so that a later commit in a working tree does not count, and all of them where something does. Permissions:
 * read, env, sys.
 */
export function loginSources(
  host: Needs<"read" | "env" | "sys">,
  { sources, ...input }: LoginSourcesInput,
): readonly Source[] {
  const own = isUsersOwn(host, { sources, ...input }) ? sources.filter((source) => isOwnSource(host, source)) : [];
  return own.length > 0 ? own : sources;
}

/**
 * Returns the source whose place the logins have: the strongest of {@link loginSources} that is not the user's own, if
 * any. The user's own may be above those of every repository (ATMOS_CLI_CONFIG_PATH), and would be one place for all.
 */
export function findLoginSource(
  host: Needs<"read" | "env" | "sys">,
  input: LoginSourcesInput,
): Source | undefined {
  const sources = loginSources(host, input);
  return sources.findLast((source) => !isOwnSource(host, source)) ?? sources.at(-1);
}

function isOwnSource(host: Needs<"read" | "env" | "sys">, { file, holds }: Source): boolean {
  return holds !== undefined || (file !== undefined && isTrustedPlace(host, file));
}

/** Variables are the user's, too. Sections without an entry are no one's, and what is logged is no affair of logins. */
function isUsersOwn(host: Needs<"read" | "env" | "sys">, { sources, root, ownFiles }: LoginSourcesInput): boolean {
  const auth = root.entries.get("auth");
  const sections = auth?.value.kind === "map" ? [...auth.value.entries].filter(([name]) => name !== "logs") : [];
  const files = [...auth === undefined ? [] : saidBy(auth), ...sections.flatMap(([, entry]) => filesOfSection(entry))];
  return [...new Set(files)].filter(isAbsolute)
    .every((file) => ownFiles?.has(file) || isHeld(sources, file) || isTrustedPlace(host, file));
}

function filesOfSection(section: LocatedEntry): readonly string[] {
  return [...saidBy(section), ...filesIn(section.value)];
}

/** Who has written a value that is no plain mapping: what is in one tells by itself. */
function saidBy({ key, value }: LocatedEntry): readonly string[] {
  return value.kind === "map" && value.fetched === undefined ? [] : [key.file];
}

/** Returns the name of a file, unless it is one of the usual ones. */
export function unusualName(file: string): string | undefined {
  const name = basename(file);
  return CONFIG_NAMES.includes(name) ? undefined : name;
}
