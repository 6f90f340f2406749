import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { typedIdentity } from "./typed_identity.ts";

export interface SelectionInput {
  /** Completes "Cannot ...": "log out of". */
  readonly doing: string;
  /** The words after `atmos`, where its help has more to say. */
  readonly command?: string;
  readonly argument: string | undefined;
  readonly globals: Globals;
  /** A flag that selects by something else than a name, as it was typed: "--all". */
  readonly wider: string | undefined;
}

/** AppError "usage" when the command line selects two things at once. Permission: env. */
export function checkOneSelection(host: Needs<"env">, { globals, argument, wider, ...about }: SelectionInput): void {
  const typed = typedIdentity(host, globals);
  const named = argument ?? typed;
  if (wider !== undefined && named !== undefined) throw conflict(about, [named, wider]);
  if (argument !== undefined && typed !== undefined && argument.toLowerCase() !== typed.toLowerCase()) {
    throw conflict(about, [argument, `--identity ${typed}`]);
  }
}

function conflict(
  { doing, command }: Pick<SelectionInput, "doing" | "command">,
  [name, other]: readonly [name: string, other: string],
): AppError {
  const help = command === undefined ? "" : ` Run: atmos ${command} --help`;
  const message = `Cannot ${doing} identity "${name}" with ${other}: they select different things`;
  return new AppError("usage", message, { hint: `Leave one of them out.${help}` });
}
