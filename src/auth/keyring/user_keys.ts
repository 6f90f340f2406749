import type { Secret } from "../../secret.ts";
import type { AwsUser } from "../kinds/identities/aws_user.ts";
import type { Named } from "../../config/schema/entry.ts";
import type { Keyring } from "./keyring.ts";
import { parseUserEntry, sessionMsOf } from "./user_entry.ts";

/** What a session of an IAM user is made with. */
export interface UserKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly mfaArn: string | undefined;
  readonly sessionMs: number | undefined;
}

/** Those of atmos.yaml, which win, else those of the keyring; undefined when neither has any. AppErrors of the keyring. */
export async function userKeys(
  { name, keys, mfaArn, sessionMs }: AwsUser & Named,
  keyring: () => Promise<Keyring>,
): Promise<UserKeys | undefined> {
  if (keys !== undefined) {
    return { accessKeyId: keys.accessKeyId.reveal(), secretAccessKey: keys.secretAccessKey, mfaArn, sessionMs };
  }
  const found = await (await keyring()).get(name);
  if (found === undefined) return undefined;
  const entry = parseUserEntry(found, name);
  const { accessKeyId, secretAccessKey } = entry;
  return { accessKeyId, secretAccessKey, mfaArn: mfaArn ?? entry.mfaArn, sessionMs: sessionMs ?? sessionMsOf(entry) };
}
