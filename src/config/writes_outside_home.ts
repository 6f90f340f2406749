import type { Needs } from "../host/host.ts";
import { isFileError } from "../host/file_error.ts";
import { basename, configHome, dirname, expandHome, join, resolve, stateHome } from "../store/paths.ts";
import { dottedPath } from "../formats/dotted_path.ts";
import type { FilePlace, Located } from "./located.ts";
import { isInside } from "./trusted_places.ts";

/** Settings that say where something is written; `*` is any name. */
const TARGETS: readonly (readonly string[])[] = [
  ["auth", "integrations", "*", "spec", "cluster", "kubeconfig", "path"],
  ["integrations", "*", "spec", "cluster", "kubeconfig", "path"],
  ["auth", "providers", "*", "spec", "files", "base_path"],
  ["auth", "keyring", "spec", "path"],
];

export interface OutsideWrite {
  /** Dotted path of the setting. */
  readonly path: string;
  readonly place: FilePlace;
  /** Where to, as written. */
  readonly text: string;
}

/**
 * The settings that would write outside HOME and outside the XDG directories, links resolved: a working tree may hold
 * links. Relative ones start at the current directory.
 */
export function writesOutsideHome(host: Needs<"read" | "env">, root: Located): readonly OutsideWrite[] {
  const safe = [expandHome(host, "~"), configHome(host), stateHome(host)].filter((place) => place !== undefined)
    .map((place) => realTarget(host, place));
  const isOutside = (text: string) => {
    const path = realTarget(host, resolve(host.read.cwd(), expandHome(host, text) ?? text));
    return !safe.some((place) => isInside(place, path));
  };
  return TARGETS.flatMap((target) =>
    scalarsAt(root, { names: target, path: [] }).filter(({ text }) => text !== "" && isOutside(text))
  );
}

/** Where a path leads: the part of it that is there without links, then the rest. */
function realTarget(host: Needs<"read">, path: string): string {
  try {
    const link = host.read.lstat(path)?.isSymlink === true ? host.read.readLink(path) : undefined;
    if (link !== undefined && host.read.stat(path) === undefined) return realTarget(host, resolve(dirname(path), link));
    return host.read.realPath(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    return dirname(path) === path ? path : join(realTarget(host, dirname(path)), basename(path));
  }
}

interface Way {
  readonly names: readonly string[];
  /** The names that were met on the way so far. */
  readonly path: readonly string[];
}

function scalarsAt(value: Located, { names: [name, ...names], path }: Way): readonly OutsideWrite[] {
  if (name === undefined) {
    return value.kind === "scalar" ? [{ text: value.text, place: value.place, path: dottedPath(path) }] : [];
  }
  if (value.kind !== "map") return [];
  const fitting = [...value.entries].filter(([key]) => name === "*" || key.toLowerCase() === name);
  return fitting.flatMap(([key, entry]) => scalarsAt(entry.value, { names, path: [...path, key] }));
}
