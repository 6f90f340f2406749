import { AppError } from "../../errors.ts";

/** Flags of `aws eks update-kubeconfig`, which a login does not have, and what says the same in atmos.yaml. */
const SETTINGS: readonly (readonly [flag: RegExp, setting: string])[] = [
  [/--kubeconfig PATH\b/g, "cluster.kubeconfig.path in atmos.yaml"],
  [/--alias NAME\b/g, "cluster.alias in atmos.yaml"],
  [/--user-alias NAME\b/g, "cluster.user_alias in atmos.yaml"],
];

/** Who is told to type that has the flags. */
const COMMAND = /\batmos aws eks update-kubeconfig\b/;

/** The same failure, its hint for who has no command line to change but a configuration. */
export function hintOfSettings<E>(error: E): E | AppError {
  if (!(error instanceof AppError) || error.hint === undefined || COMMAND.test(error.hint)) return error;
  const hint = SETTINGS.reduce((text, [flag, setting]) => text.replace(flag, setting), error.hint);
  if (hint === error.hint) return error;
  const { code, message, facts, cause, place } = error;
  return new AppError(code, message, { hint, facts, cause, ...(place === undefined ? {} : { place }) });
}
