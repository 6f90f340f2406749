import { findValue, isNull, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { REPLACED_CREDENTIALS } from "./entry.ts";

/** kubectl uses it before an exec plugin, too. It stays, since a private key may be nowhere else. */
const CERTIFICATE = ["client-certificate", "client-certificate-data"] as const;

/** Credentials that a user has beside those of the plugin. */
export interface OtherCredentials {
  /** The user's name. */
  readonly user: string;
  /** Keys that the plugin replaces. */
  readonly replaced: readonly string[];
  /** Keys that stay, and that kubectl prefers to the plugin. */
  readonly preferred: readonly string[];
}

/** Returns the credentials in a user's data that are none of the plugin's; undefined where there are none. */
export function findOtherCredentials(
  payload: YamlNode | undefined,
  { user }: Pick<OtherCredentials, "user">,
): OtherCredentials | undefined {
  const present = (keys: readonly string[]) => keys.filter((key) => isThere(findValue(payload, key)));
  const [replaced, preferred] = [present(REPLACED_CREDENTIALS), present(CERTIFICATE)];
  return replaced.length + preferred.length === 0 ? undefined : { user, replaced, preferred };
}

/** To kubectl, empty text is none. */
function isThere(value: YamlNode | undefined): boolean {
  const node = value && resolved(value);
  return node !== undefined && !isNull(node) && (node.kind !== "scalar" || node.text !== "");
}
