import type { LocatedMap } from "../../config/values/located.ts";
import type { ComponentKind } from "../settings/stack_settings.ts";
import type { Manifest } from "./manifest_reader.ts";

export type Overrides = Readonly<Record<ComponentKind, LocatedMap | undefined>>;

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
  /** What was worked out of sections so far. */
  readonly sections: Map<string, LocatedMap | undefined>;
}
