import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { ConfigGlobals } from "../project/load.ts";

const LOGIN = /atmos auth login (?:'[^']*'|[^\s,;']+)/g;

/** The same error, the login it tells to type made for the configuration that was named: a plugin runs in any directory. */
export function loginWithConfig(error: unknown, globals: ConfigGlobals): unknown {
  const flags = namedFlags(globals).map(quotePosix).join(" ");
  if (!(error instanceof AppError) || error.hint === undefined || flags === "") return error;
  const { code, message, facts, cause } = error;
  return new AppError(code, message, { hint: error.hint.replace(LOGIN, (line) => `${line} ${flags}`), facts, cause });
}

/** As they were given; in an entry of ours their paths are absolute. */
function namedFlags(globals: ConfigGlobals): readonly string[] {
  const flag = (name: string) => (value: string) => [name, value];
  const basePath = globals["base-path"];
  return [
    ...globals.config.flatMap(flag("--config")),
    ...globals["config-path"].flatMap(flag("--config-path")),
    ...globals["config-profile"].flatMap(flag("--config-profile")),
    ...(basePath === undefined ? [] : ["--base-path", basePath]),
  ];
}
