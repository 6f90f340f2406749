import type { Power } from "../../config/schema/powers.ts";
import type { SkippedImport } from "../../config/values/skipped_import.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import type { ComponentKind } from "../settings/kinds.ts";
import type { Manifest } from "./manifest_reader.ts";

/** What components get on top. */
export interface Overrides {
  /** Of kinds for which something is said on its own. */
  readonly kinds: ReadonlyMap<ComponentKind, LocatedMap | undefined>;
  readonly others: LocatedMap | undefined;
}

/** Returns what components of a kind get on top. */
export function overridesFor({ kinds, others }: Overrides, kind: ComponentKind): LocatedMap | undefined {
  return kinds.has(kind) ? kinds.get(kind) : others;
}

/** A manifest at its place in a stack, which later ones are laid over. */
export interface Layer {
  readonly manifest: Manifest;
  /** What every component that it defines gets on top. */
  readonly overrides: Overrides;
}

/** A manifest with all that it imports, weakest first. */
export interface Stack {
  /** The manifest's path. */
  readonly path: string;
  /** Its path below `stacks.base_path`, without extension. */
  readonly file: string;
  readonly layers: readonly Layer[];
  /** Remote imports, which are not fetched. */
  readonly skipped: readonly SkippedImport[];
  /** What decides by something beyond the tree which files and components are in it. */
  readonly choices: readonly Power[];
  /** What was worked out of sections so far. */
  readonly sections: Map<string, LocatedMap | undefined>;
}
