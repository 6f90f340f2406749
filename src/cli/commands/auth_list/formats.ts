import type { Located } from "../../../config/values/located.ts";
import type { Paint } from "../../output/paint.ts";
import type { MarkedIdentities } from "./identity_marks.ts";
import type { Listing } from "./listing.ts";

interface RenderInput {
  readonly listing: Listing;
  /** The auth section as it is written. */
  readonly auth: Located | undefined;
  readonly paint: Paint;
  /** Of the terminal, as tableWidth gives it. */
  readonly width?: number | undefined;
  readonly marksOf: MarkedIdentities;
}

/** The whole text, with its last line break; nothing for an empty list that needs no frame. */
export type Render = (input: RenderInput) => string | Promise<string>;

/** A new format is one function and one line. */
export const FORMATS = {
  "tree": async () => (await import("./format_tree.ts")).renderTree,
  "table": async () => (await import("./format_table.ts")).renderTable,
  "json": async () => (await import("./format_data.ts")).renderJson,
  "yaml": async () => (await import("./format_data.ts")).renderYaml,
  "mermaid": async () => (await import("./format_graph.ts")).renderMermaid,
  "graphviz": async () => (await import("./format_graph.ts")).renderGraphviz,
} satisfies Readonly<Record<string, () => Promise<Render>>>;
