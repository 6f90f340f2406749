import { AppError } from "../../errors.ts";
import { nameSetting, type Remedy, remedy } from "../../remedy.ts";
import type { AuthModel } from "./model.ts";

/** The variable that says of which configuration the identity in ATMOS_IDENTITY is, where this program has set both. */
export const IDENTITY_CONFIG = "ATMOS_IDENTITY_CONFIG";

/** The variable that says what the identity was when this program has set ATMOS_IDENTITY: see {@link recordIdentity}. */
export const IDENTITY_FINGERPRINT = "ATMOS_IDENTITY_FINGERPRINT";

const RECORDED_DIGITS = 16;

/** Returns what an identity is, as {@link IDENTITY_FINGERPRINT} has it; the name tells an ATMOS_IDENTITY of the user's own. */
export function recordIdentity({ name, fingerprint }: { readonly name: string; readonly fingerprint: string }): string {
  return `${fingerprint.slice(0, RECORDED_DIGITS)}:${name}`;
}

/** The identity of ATMOS_IDENTITY, which was exported as another one than the configuration that is read has. */
export interface InheritedIdentity {
  readonly name: string;
  /** The location of its configuration; undefined where that is this one, which says something else of it by now. */
  readonly location: string | undefined;
}

/**
 * Refuses what ATMOS_IDENTITY says, where it was exported as an identity of another configuration, or as what the name
 * stood for before an edit or with another profile: the one of that name here may be another account.
 *
 * @throws {AppError} identity-not-found, login-needed
 */
export function refuseInherited({ inherited }: Pick<AuthModel, "inherited">, requested: string | undefined): void {
  if (inherited === undefined || requested !== inherited.name) return;
  const { name, location } = inherited;
  if (location === undefined) {
    const flag = nameSetting("identity", name);
    throw olderShell(name, remedy`Specify the identity as it is configured now: ${flag}; or open a new shell`);
  }
  const found = `ATMOS_IDENTITY was set for the configuration at ${location}, not for this one`;
  throw new AppError("identity-not-found", `Cannot use identity "${name}": ${found}`, {
    hint: remedy`Specify the identity of this configuration: ${
      nameSetting("identity", name)
    }; or run: unset ATMOS_IDENTITY ${IDENTITY_CONFIG}`,
  });
}

/** Returns the error of an identity in a shell that was opened as what had its name then. */
export function olderShell(name: string, hint: Remedy): AppError {
  const found = "this shell was opened for another account or role with the same name";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, { hint });
}
