import { quoteDotenv } from "../../../formats/text/shell_dotenv.ts";
import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/** For files that programs read at their start: `.env`. */
export const render: RenderVariables = (variables) =>
  linesOf(variables, (name, value) => `${name}=${quoteDotenv(value)}`);
