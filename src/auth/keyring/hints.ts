import { quotePosix } from "../../formats/text/shell_quote.ts";

/** The way out where there is no keychain. */
export function instead(start: string): string {
  return `${start}: set auth.keyring.type in atmos.yaml to file, or ATMOS_KEYRING_TYPE=file`;
}

/** What to type to put an identity's access keys into the keyring. */
export function configureCommand(identity: string): string {
  return `atmos auth user configure --identity ${quotePosix(identity)}`;
}
