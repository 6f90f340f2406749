import { dottedPath } from "../formats/text/dotted_path.ts";
import type { Needs } from "../host/host.ts";
import { Secret } from "../secret.ts";
import { type Power, renderTrustedText, showText } from "./schema/powers.ts";
import { isEmpty } from "./schema/plain_value.ts";
import type { FilePosition, Located, LocatedEntry, LocatedMap } from "./values/located.ts";
import { findStartTree, isHeld, type Source } from "./sources.ts";
import { isInside } from "../store/paths.ts";
import { isTrustedPlace, isVariable } from "./trust/trusted_places.ts";
import { textAt, valueAt } from "./values/look_up.ts";

/** What the user's own files say, and what else was read. */
export interface OwnConfig {
  /** What the user's own files say without any others. */
  readonly own: LocatedMap;
  /** What has brought others in, for a change that none of them has written. */
  readonly by: FilePosition;
  readonly files: OwnFiles;
}

interface OwnChangesInput extends OwnConfig {
  /** What all files say together. */
  readonly root: LocatedMap;
  /** Finds what says whose credentials an entry gets, which is trusted with what is changed of it. */
  readonly sources: (section: string, name: string) => Power["source"];
  /** Whether a login of the user's own is yet to find identities, which are called `account/role`. */
  readonly awaitsFound?: boolean;
}

type OwnHost = Needs<"read" | "env" | "sys">;

/** Tells which files, and whose words, are the user's own. Permissions: read, env, sys. */
export class OwnFiles {
  readonly #host: OwnHost;
  readonly #sources: () => readonly Source[];
  readonly #known = new Map<string, boolean>();

  constructor(host: OwnHost, sources: () => readonly Source[] = () => []) {
    this.#host = host;
    this.#sources = sources;
  }

  /** Whether a file, or a directory, is the user's own, or part of what they keep or name wherever they are. */
  has(file: string): boolean {
    const known = this.#known.get(file) ??
      (isVariable(file) || isHeld(this.#sources(), file) || isTrustedPlace(this.#host, file));
    this.#known.set(file, known);
    return known;
  }

  /** What their files import is their own, too, unless it lies in the working tree that they are in. */
  claim(files: readonly string[]): void {
    const tree = findStartTree(this.#host);
    for (const file of files.filter((one) => !isInside(tree, one))) this.#known.set(file, true);
  }

  /** Whether a flag, a variable or a file of the user's own says it. */
  hasSaid(place: FilePosition | undefined): boolean {
    return place === undefined || this.has(place.file);
  }

  /** Returns what others may have changed; undefined where all files are the user's own. */
  config(
    { own, files, said }: {
      readonly own: LocatedMap;
      /** All that were read, the weakest first. */
      readonly files: readonly string[];
      /** What has chosen profiles. */
      readonly said: readonly (FilePosition | undefined)[];
    },
  ): OwnConfig | undefined {
    const other = files.findLast((file) => !this.has(file));
    const chosen = said.find((place) => !this.hasSaid(place));
    const by = chosen ?? (other === undefined ? undefined : { file: other, line: 1, column: 1 });
    return by === undefined ? undefined : { own, by, files: this };
  }
}

/** Mappings of names: what others add there is theirs. */
const NAMES: readonly (readonly string[])[] = [
  ...[["auth", "providers"], ["auth", "identities"], ["auth", "integrations"], ["env"]],
];
const SETTINGS: readonly (readonly string[])[] = [
  ...[["auth", "realm"], ["auth", "keyring"], ["auth", "logs"], ["auth", "console"]],
];

interface Change {
  readonly path: readonly string[];
  /** What the user's own files say. */
  readonly was: Located;
  /** What is there instead; undefined where nothing is. */
  readonly now: Located | undefined;
  readonly place: FilePosition;
}

/**
 * Returns a power for everything of the user's own logins and variables that is not as the user's own files alone have
 * it: changed, left out or added to, for names that others take from it, and for what its chains lack. Leaving something
 * out counts, too: a role without the policy that narrows it is another role.
 */
export function findOwnChanges(input: OwnChangesInput): readonly Power[] {
  const changes = [...NAMES, ...SETTINGS].flatMap((path) => {
    const was = valueAt(input.own, path);
    if (was === undefined || isEmpty(was)) return [];
    const change = { path, was, now: valueAt(input.root, path), place: nearestPlace(input, path) };
    return changesIn(change, NAMES.includes(path));
  });
  // Which one is the default others may say where the user's own files say it of none.
  const isFree = ({ path: [auth, section, , field, ...more] }: Change) =>
    auth === "auth" && section !== "integrations" && field === "default" && more.length === 0 &&
    ![...entriesAt(input.own, [auth, section!]).values()].some(isDefault);
  return [...changes.filter((one) => !isFree(one)), ...takenNames(input), ...completedChains(input)].map((one) =>
    toPower(one, input)
  );
}

const IDENTITIES = ["auth", "identities"];

function entriesAt(root: LocatedMap, path: readonly string[]): LocatedMap["entries"] {
  const found = valueAt(root, path);
  return found?.kind === "map" ? found.entries : new Map();
}

function isDefault({ value }: LocatedEntry): boolean {
  const said = valueAt(value, ["default"]);
  return said?.kind === "scalar" && said.value === true;
}

/**
 * Entries of others that are called as one of the user's own, or as its alias, but for upper and lower case: names win
 * over aliases, and a name that is spelled exactly so over one that is not. Also those that may be called as one that a
 * login will find.
 */
function takenNames(input: OwnChangesInput): readonly Change[] {
  return SECTIONS.flatMap((section) => {
    const taken = callNames([...entriesAt(input.own, ["auth", section])]);
    const mayBeFound = (word: string) => section === "identities" && input.awaitsFound === true && word.includes("/");
    const isTaken = (word: string) => taken.has(word) || mayBeFound(word);
    return addedEntries(input, section).filter((entry) => [...callNames([entry])].some(isTaken))
      .map(([name, { key, value }]) => ({ path: ["auth", section, name], was: NOTHING, now: value, place: key }));
  });
}

const SECTIONS: readonly ["providers", "identities", "integrations"] = ["providers", "identities", "integrations"];

type Entry = readonly [name: string, entry: LocatedEntry];

/** What entries can be called by, as far as eyes tell words apart. */
function callNames(entries: readonly Entry[]): ReadonlySet<string> {
  const words = entries.flatMap(([name, { value }]) => [name, textAt(value, ["alias"]) ?? name]);
  return new Set(words.map((word) => word.normalize("NFC").toLowerCase()));
}

/** Those that the user's own files do not have. */
function addedEntries({ own, root }: OwnChangesInput, section: string): readonly Entry[] {
  const known = entriesAt(own, ["auth", section]);
  return [...entriesAt(root, ["auth", section])].filter(([name]) => !known.has(name));
}

/** What identities of the user's own are reached through, where others alone say what that is. */
function completedChains(input: OwnChangesInput): readonly Change[] {
  const added = { provider: addedEntries(input, "providers"), identity: addedEntries(input, "identities") };
  return Object.entries(added).flatMap(([field, entries]) => {
    const missing = Map.groupBy(
      entriesAt(input.own, IDENTITIES),
      ([, { value }]) => findLink(value, field)?.toLowerCase(),
    );
    return entries.flatMap(([name, { key, value }]) =>
      (missing.get(name.toLowerCase()) ?? []).map(([of]): Change => ({
        path: [...IDENTITIES, of, "via", field],
        was: NOTHING,
        now: value,
        place: key,
      }))
    );
  });
}

/** Identities may also say `provider` beside `via`, as the Go atmos once had it. */
function findLink(identity: Located, field: string): string | undefined {
  const isOlder = field === "provider" && valueAt(identity, ["via"]) === undefined;
  return textAt(identity, isOlder ? [field] : ["via", field]);
}

function changesIn(change: Change, areNames: boolean): readonly Change[] {
  const { path, was, now, place } = change;
  if (was.kind !== "map" || now?.kind !== "map") return isSame(was, now) ? [] : [change];
  const names = areNames ? was.entries.keys() : new Set([...was.entries.keys(), ...now.entries.keys()]);
  return [...names].flatMap((name) => {
    const entry = now.entries.get(name);
    const inner = was.entries.get(name)?.value ?? NOTHING;
    return changesIn({ path: [...path, name], was: inner, now: entry?.value, place: entry?.key ?? place }, false);
  });
}

const NOTHING: Located = { kind: "scalar", place: { file: "", line: 1, column: 1 }, value: null, text: "" };

function isSame(was: Located, now: Located | undefined): boolean {
  if (now === undefined || isEmpty(now)) return isEmpty(was);
  return was.kind === now.kind && isSwitch(was) === isSwitch(now) && renderTrustedText(was) === renderTrustedText(now);
}

/** `true` is one, and "true" is a text. */
function isSwitch(value: Located): boolean {
  return value.kind === "scalar" && typeof value.value === "boolean";
}

/** Of the innermost thing on the way that is there. */
function nearestPlace({ root, by }: OwnChangesInput, path: readonly string[]): FilePosition {
  let [place, held]: [FilePosition, Located | undefined] = [by, root];
  for (const name of path) {
    const entry: LocatedEntry | undefined = held?.kind === "map" ? held.entries.get(name) : undefined;
    if (entry === undefined) break;
    [place, held] = [entry.key, entry.value];
  }
  return place;
}

const PRIVATE = /pass(?:word|phrase)|secret|token|credential|key(?:_id)?$/i;

function toPower({ path, now, place }: Change, { by, files, sources }: OwnChangesInput): Power {
  const [, section = "", name = ""] = path;
  const source = path[0] === "auth" ? sources(section, name) : undefined;
  const isNothing = now === undefined || isEmpty(now);
  return {
    path: dottedPath(path),
    // Where another file of the user's own says it, something else has brought that in.
    place: files.has(place.file) ? by : place,
    content: new Secret(JSON.stringify(["instead", isNothing ? null : renderTrustedText(now)]), { isShown: true }),
    shown: isNothing ? "null" : isPrivate({ path, now }) ? "[hidden]" : showText(now),
    reason: "changes what your own configuration says",
    ...(source === undefined ? {} : { source }),
  };
}

/** Whether it is, or has in it, what is shown nowhere; names of entries may be anything. */
function isPrivate({ path, now }: { readonly path: readonly string[]; readonly now: Located }): boolean {
  const names = path[0] === "env" ? path : path.slice(NAMES.some((names) => isWithin(path, names)) ? 3 : 1);
  return names.some((name) => PRIVATE.test(name)) || namesIn(now).some((name) => PRIVATE.test(name));
}

function isWithin(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, at) => path[at] === name);
}

function namesIn(value: Located): readonly string[] {
  if (value.kind === "scalar") return [];
  if (value.kind === "list") return value.items.flatMap(namesIn);
  return [...value.entries].flatMap(([name, { value }]) => [name, ...namesIn(value)]);
}
