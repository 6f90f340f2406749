import type { RenderVariables } from "./formats.ts";
import { linesOf, unprintable } from "./variables.ts";

/** As `env` prints and `docker run --env-file` reads it: no quotes at all, so a line break has no place in it. */
export const render: RenderVariables = (variables) =>
  linesOf(variables, (name, value) => {
    if (!/[\r\n]/.test(value)) return `${name}=${value}`;
    const found = "its value has several lines, and the format env has one line for each variable";
    throw unprintable("usage", { name, found, hint: "Use another format: atmos auth env --format=dotenv" });
  });
