import { usageError } from "./usage_error.ts";
import { type FlagToken, looksLikeFlag, readFlag, type Scope } from "./tokens.ts";

/** What follows a command's words, taken apart. */
export interface Arguments {
  readonly flags: readonly FlagToken[];
  readonly positionals: readonly string[];
  /** Everything after the first `--`; undefined when there is none. */
  readonly passthrough: readonly string[] | undefined;
}

/** @throws AppError "usage" for unknown flags and missing or empty values. */
export function readArguments(scope: Scope, argv: readonly string[]): Arguments {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const flags: FlagToken[] = [];
  const positionals: string[] = [];
  for (let at = 0; at < own.length;) {
    if (looksLikeFlag(own[at]!)) {
      const flag = readFlag(scope, own.slice(at));
      flags.push(flag);
      at += flag.length;
    } else if (scope.afterDashes !== undefined) throw misplaced(scope, own.slice(at));
    else positionals.push(own[at++]!);
  }
  return { flags, positionals, passthrough: end < 0 ? undefined : argv.slice(end + 1) };
}

/** Said before its flags are taken for ours: `atmos auth exec kubectl get pods -n web`. */
function misplaced({ words, afterDashes }: Scope, rest: readonly string[]): Error {
  const all = words.join(" ");
  return usageError({
    what: `"${rest[0]}"`,
    found: `"${all}" takes its ${afterDashes} after --`,
    hint: `Put -- before it (an identity goes after -i): atmos ${all} -- ${rest[0]}${rest.length > 1 ? " …" : ""}`,
  });
}

/** Whether a switch stands before `--`. What starts with a dash is never a value, so looking is enough. */
export function asks(argv: readonly string[], ...spellings: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end < 0 ? argv : argv.slice(0, end)).some((argument) => spellings.includes(argument));
}
