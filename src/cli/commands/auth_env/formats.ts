import type { Variables } from "./variables.ts";

/**
 * Gives the whole text, with its last line break. `stale` are variables that must not be set any more: a form that has
 * no way to say so leaves them out. AppError "usage" for a value that the form cannot hold.
 */
export type RenderVariables = (variables: Variables, stale: readonly string[]) => string;

/** A new form is one file and one line. */
export const FORMATS = {
  "bash": () => import("./bash_format.ts"),
  "fish": () => import("./fish_format.ts"),
  "powershell": () => import("./powershell_format.ts"),
  "dotenv": () => import("./dotenv_format.ts"),
  "env": () => import("./env_format.ts"),
  "json": () => import("./json_format.ts"),
  "github": () => import("./github_format.ts"),
} satisfies Readonly<Record<string, () => Promise<{ readonly render: RenderVariables }>>>;

export type FormatName = keyof typeof FORMATS;

/** Other words for them. */
export const FORMAT_SYNONYMS: Readonly<Record<string, FormatName>> = {
  "export": "bash",
  "sh": "bash",
  "zsh": "bash",
  "pwsh": "powershell",
};
