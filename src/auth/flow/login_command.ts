import { quotePosix } from "../../formats/text/shell_posix.ts";

/** What to type to log in as an identity. */
export function loginCommand(identity: string): string {
  return `atmos auth login ${quotePosix(identity)}`;
}
