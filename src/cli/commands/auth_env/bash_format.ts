import { quotePosix } from "../../../formats/text/shell_posix.ts";
import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/** For sh, bash, zsh, ksh: `eval "$(atmos auth env)"`, with the double quotes. */
export const render: RenderVariables = (variables, stale) =>
  linesOf(variables, (name, value) => `export ${name}=${quotePosix(value)}`) +
  stale.map((name) => `unset ${name}\n`).join("");
