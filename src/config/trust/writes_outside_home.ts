import type { Needs } from "../../host/host.ts";
import { configHome, expandHome, isAbsolute, resolve, stateHome } from "../../store/paths.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { FilePlace, Located, LocatedScalar } from "../values/located.ts";
import { realTarget } from "../files/resolve_write_target.ts";
import { isInside } from "./trusted_places.ts";

/** Settings that say where something is written; `*` is any name. */
const TARGETS: readonly (readonly string[])[] = [
  ["auth", "integrations", "*", "spec", "cluster", "kubeconfig", "path"],
  ["integrations", "*", "spec", "cluster", "kubeconfig", "path"],
  ["auth", "providers", "*", "spec", "files", "base_path"],
  ["auth", "providers", "*", "browser_profile"],
  ["auth", "keyring", "spec", "path"],
  ["auth", "logs", "file"],
  ["logs", "file"],
  ["components", "helmfile", "kubeconfig_path"],
];

const PROGRAM: readonly string[] = ["auth", "providers", "*", "browser_executable_path"];

/** Nothing of it outlives the machine's next start; what people write for logs and for `kubeconfig_path` by custom. */
const FLEETING = ["/dev/null", "/dev/stderr", "/dev/stdout", "/dev/shm"];

interface OutsideWrite {
  /** Dotted path of the setting. */
  readonly path: string;
  readonly place: FilePlace;
  /** Where to, as written. */
  readonly text: string;
}

export interface WritesInput {
  readonly root: Located;
  /** Absolute: where the configuration's paths may start, besides the current directory. */
  readonly basePath: string;
}

/**
 * The settings that would write outside HOME and outside the XDG directories, through whatever links; relative ones
 * may start at the current directory as well as at the base path. Then `base_path` is one of them.
 */
export function writesOutsideHome(
  host: Needs<"read" | "env">,
  { root, basePath }: WritesInput,
): readonly OutsideWrite[] {
  const isOutside = outsideOf(host);
  const cwd = host.read.cwd();
  const targets = TARGETS.flatMap((names) => scalarsAt(root, { names, path: [] })).filter(({ text }) => text !== "");
  const below = targets.filter(({ text }) => isRelative(host, text) && isOutside(basePath, text));
  const found = targets.filter((target) => isOutside(cwd, target.text) || below.includes(target));
  return below.length === 0 ? found : [...found, ...scalarsAt(root, { names: ["base_path"], path: [] })];
}

function isRelative(host: Needs<"env">, text: string): boolean {
  return !isAbsolute(expandHome(host, text) ?? text);
}

function outsideOf(host: Needs<"read" | "env">): (from: string, text: string) => boolean {
  const named = [expandHome(host, "~"), configHome(host), stateHome(host)].filter((place) => place !== undefined);
  const safe = named.map((place) => realTarget(host, place)).filter((place) => place !== undefined);
  const isSafe = (path: string) => {
    const real = realTarget(host, path);
    return real !== undefined && safe.some((place) => isInside(place, real));
  };
  return (from, text) => {
    const path = expandHome(host, text) ?? text;
    if (FLEETING.includes(resolve(from, path))) return false;
    // `..` after a link is another directory to the system than by the letters, and either may be used.
    return !isSafe(resolve(from, path)) || !isSafe(isAbsolute(path) ? path : `${from}/${path}`);
  };
}

/** The settings that name a program which a login starts. */
export function programsNamed(root: Located): readonly OutsideWrite[] {
  return scalarsAt(root, { names: PROGRAM, path: [] }).filter(({ text }) => text !== "");
}

interface Way {
  readonly names: readonly string[];
  /** The names that were met on the way so far. */
  readonly path: readonly string[];
}

function scalarsAt(value: Located, { names: [name, ...names], path }: Way): readonly OutsideWrite[] {
  if (name === undefined) return isMeant(value, path) ? [whereTo(value, path)] : [];
  if (value.kind !== "map") return [];
  const fitting = [...value.entries].filter(([key]) => name === "*" || key.toLowerCase() === name);
  return fitting.flatMap(([key, entry]) => scalarsAt(entry.value, { names, path: [...path, key] }));
}

/** The shapes of the auth section refuse what is no text, so nothing is written there; of others the text counts. */
function isMeant(value: Located, [section]: readonly string[]): value is LocatedScalar {
  return value.kind === "scalar" && (section?.toLowerCase() !== "auth" || typeof value.value === "string");
}

function whereTo({ text, place }: LocatedScalar, path: readonly string[]): OutsideWrite {
  return { text, place, path: dottedPath(path) };
}
