import { quoteFish } from "../../../formats/text/shell_fish.ts";
import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/** For fish: `atmos auth env --format=fish | source`. */
export const render: RenderVariables = (variables, stale) =>
  linesOf(variables, (name, value) => `set -gx ${name} ${quoteFish(value)}`) +
  stale.map((name) => `set -e ${name}\n`).join("");
