import { functionCalls } from "../../../config/functions/yaml_functions.ts";
import type { FilePlace } from "../../../config/values/located.ts";
import type { SourceFile } from "../../../config/files/source_file.ts";
import { programsNamed, type WritesInput, writesOutsideHome } from "../../../config/trust/writes_outside_home.ts";
import type { Needs } from "../../../host/host.ts";

/** One thing that a file does only when it is trusted. */
export interface Wish {
  readonly place: FilePlace;
  /** Dotted path of the value. */
  readonly path: string;
  readonly does: "runs" | "writes outside HOME";
  /** The command, or the path that is written. */
  readonly text: string;
}

export interface WishesInput {
  readonly path: string;
  /** undefined for a file whose text or JSON is included: it runs nothing. */
  readonly source: SourceFile | undefined;
  /** The configuration that the file is part of. */
  readonly config: WritesInput;
}

/** All that one file wants, from top to bottom. */
export function wishesOf(host: Needs<"read" | "env">, { path, source, config }: WishesInput): readonly Wish[] {
  const ofThis = ({ place }: { readonly place: FilePlace }) => place.file === path;
  const own = writesOutsideHome(host, config).filter(ofThis);
  const all = [
    ...programsNamed(config.root).filter(ofThis).map((one): Wish => ({ ...one, does: "runs" })),
    ...(source === undefined ? [] : commandsIn(source)),
    ...own.map((one): Wish => ({ ...one, does: "writes outside HOME" })),
  ];
  return all.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

/** Every `!exec` of a file. */
export function commandsIn(source: SourceFile): readonly Wish[] {
  return functionCalls(source).filter(({ tag }) => tag === "!exec").map(({ node, path }) => ({
    place: source.placeOf(node),
    path,
    does: "runs",
    text: node.text.trimEnd(),
  }));
}
