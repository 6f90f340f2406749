import { parseCommaList } from "../formats/text/comma_list.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import { closest } from "../formats/text/closest.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";
import { configHome, dirname, expandHome, isInside, join, resolve } from "../store/paths.ts";
import { explainUnreadable, findStartTree } from "./sources.ts";
import { yamlFilesBelow } from "./import_files.ts";
import { isBeyondTree } from "./files/tree.ts";
import { choicesOfSetting, choosingPowers } from "./schema/choices.ts";
import { isTrustedPlace, type LocationHost, personalDirectory } from "./trust/trusted_places.ts";
import type { Power } from "./schema/powers.ts";
import { isPrivate, showCall } from "./values/fetched.ts";
import type { Fetched, FilePosition, LocatedMap, Problem } from "./values/located.ts";
import { textAt, valueAt } from "./values/look_up.ts";
import { isDirectoryThere } from "./files/file_checks.ts";
import { findVariable } from "./values/variables.ts";

interface ProfileInput {
  /** The configuration so far, which may say where profiles are and which one is usual. */
  readonly root: LocatedMap;
  /** Where the configuration lies. */
  readonly directory: string;
}

export interface ChosenProfile {
  readonly name: string;
  /** Where the configuration says so; undefined when a flag or a variable did. */
  readonly place?: FilePosition;
  /** The same, or the place of the variable that says it; undefined for a flag. */
  readonly by?: FilePosition;
  /** As of a scalar. */
  readonly fetched?: Fetched | undefined;
}

/** The profiles to lay over the configuration: those of the flag, of ATMOS_PROFILE, or `profiles.default`. */
export function chooseProfiles(
  host: Needs<"env">,
  { flag, root }: { readonly flag: readonly string[]; readonly root: LocatedMap },
): readonly ChosenProfile[] {
  if (flag.length > 0) return flag.map((name) => ({ name }));
  const variable = findVariable(host, { root, name: "ATMOS_PROFILE" });
  if (variable !== undefined) {
    const { text, place, fetched } = variable;
    return parseCommaList(text).map((name) => ({ name: name.trim(), by: place, fetched }));
  }
  const usual = valueAt(root, ["profiles", "default"]);
  const items = usual?.kind === "list" ? usual.items : usual === undefined ? [] : [usual];
  return items.flatMap((item) =>
    item.kind === "scalar" && item.value !== null && item.text !== ""
      ? [{ name: item.text, place: item.place, by: item.place, fetched: item.fetched }]
      : []
  );
}

/** Returns what in the configuration itself decides by something beyond the tree which profiles count. */
export function profileChoices(
  host: LocationHost,
  { flag, root }: { readonly flag: readonly string[]; readonly root: LocatedMap },
): readonly Power[] {
  const isTyped = flag.length > 0 || Boolean(host.env.get("ATMOS_PROFILE"));
  const settings = [["profiles", "base_path"], ...(isTyped ? [] : [["env", "ATMOS_PROFILE"], ["profiles", "default"]])];
  const said = settings.flatMap((path) => choicesOfSetting(root, { names: path }));
  return chooseProfiles(host, { flag, root }).length === 0 ? said : [...said, ...foreignPlaces(host, root)];
}

/** Whether a profile is there tells something of a directory beyond the tree, unless that is the user's own of atmos. */
function foreignPlaces(host: LocationHost, root: LocatedMap): readonly Power[] {
  const said = valueAt(root, ["profiles", "base_path"]);
  const [path] = makeOwnPlace(host, root);
  if (said?.kind !== "scalar" || path === undefined || isTrustedPlace(host, path)) return [];
  const { text: call, place } = said;
  if (said.fetched?.isBeyond === true || !isBeyondTree(host, { file: place.file, path })) return [];
  return choosingPowers(["profiles", "base_path"], { ...said, fetched: { call, place, isBeyond: true } });
}

/**
 * The directory of a profile: the first of `profiles.base_path`, `.atmos/profiles`, `<XDG config>/atmos/profiles` and
 * `profiles` that has it. AppError "config-not-found" when none does, or no YAML file is in it; "config-invalid" when it
 * cannot be read. Permissions: read, env.
 */
export function profileDirectory(
  host: Needs<"read" | "env">,
  { profile, from }: { readonly profile: ChosenProfile; readonly from: ProfileInput },
): string {
  const places = profilePlaces(host, from);
  const paths = isPlainName(profile.name) ? places.map((place) => join(place, profile.name)) : [];
  for (const path of paths) {
    const closed = explainUnreadable(host, path);
    const found = `${isPrivate(profile.fetched) ? "its directory" : path}: ${closed}`;
    if (closed !== undefined) throw cannotUse(profile, { code: "config-invalid", found });
    if (isDirectoryThere(host, path)) return withFiles(host, { profile, path });
  }
  const known = profileNames(host, from);
  const similar = profile.fetched === undefined ? closest(profile.name, known) : [];
  const hint = similar.length > 0
    ? `Did you mean ${similar.join(", ")}?`
    : known.length > 0
    ? `Available: ${known.join(", ")}`
    : `Make a directory ${
      join(places[0]!, profile.fetched === undefined ? profile.name : "NAME")
    } with YAML files in it`;
  throw new AppError(
    "config-not-found",
    `Cannot find configuration profile ${showName(profile)}: it is in none of ${places.join(", ")}`,
    {
      hint,
      ...(profile.place === undefined ? {} : { place: profile.place }),
    },
  );
}

/** Returns the directory of a profile among the user's own ones; undefined where it is none of these. */
export function findOwnProfile(
  host: LocationHost,
  { profile, root, beside, files }: {
    readonly profile: ChosenProfile;
    readonly root: LocatedMap;
    /** Where the strongest file of the user's own lies. */
    readonly beside: string | undefined;
    readonly files: { has(path: string): boolean };
  },
): string | undefined {
  const directory = beside ?? personalDirectory(host);
  if (directory === undefined || !isPlainName(profile.name)) return undefined;
  return profilePlaces(host, { root, directory }).map((place) => join(place, profile.name))
    .find((path) => isDirectoryThere(host, path) && (files.has(path) || !isInside(findStartTree(host), path)));
}

/** Whether a profile was found where `profiles.base_path` says. */
export function isInSaidPlace(
  host: Needs<"env">,
  { root, found }: { readonly root: LocatedMap; readonly found: string },
): boolean {
  return makeOwnPlace(host, root).some((place) => isInside(place, found));
}

function isPlainName(name: string): boolean {
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function withFiles(
  host: Needs<"read">,
  { profile, path }: { readonly profile: ChosenProfile; readonly path: string },
): string {
  if (yamlFilesBelow(host, path).length > 0) return path;
  throw cannotUse(profile, {
    code: "config-not-found",
    found: `no YAML file is in ${isPrivate(profile.fetched) ? "its directory" : path}`,
  });
}

/** Returns the error for a profile that may be from a stranger, in whole or in part. */
export function makeProfileError(profile: ChosenProfile, { place: { file }, message }: Problem): AppError {
  const found = isPrivate(profile.fetched) ? message : `${file}: ${message}`;
  return cannotUse(profile, { code: "config-invalid", found });
}

function cannotUse(profile: ChosenProfile, { code, found }: { code: ErrorCode; found: string }): AppError {
  const { place } = profile;
  return new AppError(
    code,
    `Cannot use configuration profile ${showName(profile)}: ${found}`,
    place === undefined ? {} : { place },
  );
}

function showName({ name, fetched }: ChosenProfile): string {
  return fetched === undefined ? `"${name}"` : `the value of ${showCall(fetched)}`;
}

/** Every profile that {@link profileDirectory} would find. Permissions: read, env. */
export function profileNames(host: Needs<"read" | "env">, from: ProfileInput): readonly string[] {
  return [...new Set(profilePlaces(host, from).flatMap((place) => directoriesIn(host, place)))];
}

function profilePlaces(host: Needs<"read" | "env">, { root, directory }: ProfileInput): readonly string[] {
  const [own, config] = [makeOwnPlace(host, root), configHome(host)];
  const inConfig = config === undefined ? [] : [join(config, "atmos", "profiles")];
  return [...own, join(directory, ".atmos", "profiles"), ...inConfig, join(directory, "profiles")];
}

function makeOwnPlace(host: Needs<"env">, root: LocatedMap): readonly string[] {
  const text = textAt(root, ["profiles", "base_path"]);
  const place = valueAt(root, ["profiles", "base_path"])?.place;
  if (text === undefined || place === undefined) return [];
  return [resolve(dirname(place.file), expandHome(host, text) ?? text)];
}

function directoriesIn(host: Needs<"read">, place: string): readonly string[] {
  try {
    return host.read.list(place).filter((name) => isDirectoryThere(host, join(place, name)));
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
