import { getSessionToken } from "../../../../aws/sts/sts_session_token.ts";
import type { Named } from "../../../../config/schema/entry.ts";
import { AppError } from "../../../../errors.ts";
import { parseDuration } from "../../../../formats/text/duration.ts";
import type { Secret } from "../../../../secret.ts";
import { configureCommand } from "../../../keyring/hints.ts";
import type { Keyring } from "../../../keyring/keyring.ts";
import { parseUserEntry, sessionMsOf } from "../../../keyring/user_entry.ts";
import { type AssumeIdentity, mfaCode, seconds } from "../assume.ts";
import { type AwsUser, LONGEST_WITHOUT_MFA } from "./schema.ts";

/** A session of the user, with the access keys of atmos.yaml or of the keyring. */
export const assume: AssumeIdentity<AwsUser> = async (host, input) => {
  const { identity, region, settings, keyring } = input;
  const { name } = identity;
  const keys = await userKeys(identity, keyring);
  if (keys === undefined) throw noKeys(name);
  const { accessKeyId, secretAccessKey, mfaArn, sessionMs } = keys;
  if (mfaArn === undefined && (sessionMs ?? 0) > parseDuration(LONGEST_WITHOUT_MFA)) throw tooLong(identity);
  return await getSessionToken(host, {
    region,
    settings,
    credentials: { accessKeyId, secretAccessKey },
    ...seconds(sessionMs),
    ...(mfaArn === undefined ? {} : { mfa: await mfaCode(input, mfaArn) }),
  }).catch((error) => {
    throw ofUser(error, name);
  });
};

/** What a session of an IAM user is made with. */
interface UserKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly mfaArn: string | undefined;
  readonly sessionMs: number | undefined;
}

/** Those of atmos.yaml, which win, else those of the keyring; undefined when neither has any. AppErrors of the keyring. */
async function userKeys(
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

const VARIABLE = "AWS_SECRET_ACCESS_KEY.";

/** The hint of a wrong secret, which comes from no variable here. */
function ofUser(error: unknown, name: string): unknown {
  if (!(error instanceof AppError) || !error.hint?.includes(VARIABLE)) return error;
  const { code, message, facts, cause } = error;
  const hint = error.hint.replace(VARIABLE, `atmos.yaml or the keyring: ${configureCommand(name)}`);
  return new AppError(code, message, { hint, facts, cause });
}

function tooLong({ name, place }: Named): AppError {
  const found = `its session is longer than ${LONGEST_WITHOUT_MFA}, and the keyring has no MFA device of it`;
  return new AppError("config-invalid", `Cannot use identity "${name}": ${found}`, {
    hint: `Store the device with the keys: ${configureCommand(name)} --mfa-arn ARN`,
    place,
  });
}

function noKeys(name: string): AppError {
  const found = "neither atmos.yaml nor the keyring has access keys of it";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: `Store them: ${configureCommand(name)}`,
  });
}
