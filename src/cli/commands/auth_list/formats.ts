import type { Located } from "../../../config/values/located.ts";
import type { Paint } from "../../output/paint.ts";
import type { Listing } from "./listing.ts";

export interface RenderInput {
  readonly listing: Listing;
  /** The auth section as it is written. */
  readonly auth: Located | undefined;
  readonly paint: Paint;
}

/** Gives the whole text, with its last line break; nothing for an empty list that needs no frame. */
export type Render = (input: RenderInput) => string | Promise<string>;

/** A new form is one file and one line. */
export const FORMATS = {
  "tree": () => import("./format_tree.ts"),
  "table": () => import("./format_table.ts"),
  "json": () => import("./json_format.ts"),
  "yaml": () => import("./yaml_format.ts"),
  "mermaid": () => import("./mermaid_format.ts"),
  "graphviz": () => import("./graphviz_format.ts"),
} satisfies Readonly<Record<string, () => Promise<{ readonly render: Render }>>>;
