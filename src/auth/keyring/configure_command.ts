import { quotePosix } from "../../formats/text/shell_posix.ts";

/** What to type to put an identity's access keys into the keyring. */
export function configureCommand(identity: string): string {
  return `atmos auth user configure --identity ${quotePosix(identity)}`;
}
