import { jsonText } from "../../output/json_text.ts";
import type { RenderVariables } from "./formats.ts";
import { sorted } from "./variables.ts";

/** One object, names to values. */
export const render: RenderVariables = (variables) => jsonText(Object.fromEntries(sorted(variables)));
