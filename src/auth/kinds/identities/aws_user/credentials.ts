import type { Credentials } from "../../../../aws/client/credentials.ts";
import { getSessionToken } from "../../../../aws/sts/sts_session_token.ts";
import type { Named } from "../../../../config/schema/entry.ts";
import { AppError } from "../../../../errors.ts";
import { parseDuration } from "../../../../formats/text/duration.ts";
import type { Secret } from "../../../../secret.ts";
import type { LoginHost } from "../../../flow/login_host.ts";
import type { Keyring } from "../../../keyring/keyring.ts";
import { getSessionMs, parseUserEntry } from "../../../keyring/user_entry.ts";
import { logInByWebflow } from "../../../webflow/webflow_login.ts";
import { type AssumeIdentity, mfaCode, seconds } from "../assume.ts";
import { type AwsUser, LONGEST_WITHOUT_MFA } from "./schema.ts";
import { addContext } from "../../../flow/remedy_context.ts";

/**
 * A session of the user, with the access keys of atmos.yaml or of the keyring; without any, one that the user gives by
 * signing in with the browser.
 */
export const assume: AssumeIdentity<AwsUser> = async (host, input) => {
  const { identity, region, settings } = input;
  const { name } = identity;
  if (input.ui.webflow) return await signIn(host, input);
  const keys = await findUserKeys(identity, input.keyring).catch((error) => keychainAbsent(error, identity));
  if (keys instanceof AppError || keys === undefined) return await signInInstead(host, { input, without: keys });
  const { accessKeyId, secretAccessKey, mfaArn, sessionMs } = keys;
  if (mfaArn === undefined && (sessionMs ?? 0) > parseDuration(LONGEST_WITHOUT_MFA)) throw tooLong(identity);
  return await getSessionToken(host, {
    region,
    settings,
    credentials: { accessKeyId, secretAccessKey },
    ...seconds(sessionMs),
    ...(mfaArn === undefined ? {} : { mfa: await mfaCode(input, mfaArn) }),
  }).catch((error) => {
    throw addContext(error, { keys: name });
  });
};

type Input = Parameters<typeof assume>[1];

async function signIn(host: LoginHost, input: Input): Promise<Credentials> {
  const { identity: { name }, realm, region, settings, ui } = input;
  return await logInByWebflow(host, { name, realm, region, settings, ui, fingerprint: await input.fingerprint() });
}

/** The browser where there are no keys. A keychain that is not there is the reason where the browser was not asked for. */
async function signInInstead(
  host: LoginHost,
  { input, without }: { readonly input: Input; readonly without: AppError | undefined },
): Promise<Credentials> {
  const { name, webflow } = input.identity;
  if (webflow === false) throw without ?? noKeys(name);
  try {
    return await signIn(host, input);
  } catch (error) {
    const isNeeded = error instanceof AppError && error.code === "login-needed";
    throw isNeeded && webflow === undefined ? without ?? error : error;
  }
}

/** Without a keychain there are no keys in it; anything else that is wrong with one is told. */
function keychainAbsent(error: unknown, { webflow }: AwsUser): AppError {
  if (error instanceof AppError && error.facts["keychain"] === "absent" && webflow !== false) return error;
  throw error;
}

/** What a session of an IAM user is made with. */
interface UserKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly mfaArn: string | undefined;
  readonly sessionMs: number | undefined;
}

/** Those of atmos.yaml, which win, else those of the keyring; undefined when neither has any. AppErrors of the keyring. */
async function findUserKeys(
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
  return { accessKeyId, secretAccessKey, mfaArn: mfaArn ?? entry.mfaArn, sessionMs: sessionMs ?? getSessionMs(entry) };
}

function tooLong({ name, place }: Named): AppError {
  const found = `its session is longer than ${LONGEST_WITHOUT_MFA}, and the keyring has no MFA device for it`;
  return new AppError("config-invalid", `Cannot use identity "${name}": ${found}`, {
    hint: ["Store the device with the keys: ", { kind: "store-keys", identity: name, how: "add-mfa" }],
    place,
  });
}

function noKeys(name: string): AppError {
  const found = "neither atmos.yaml nor the keyring has access keys for it";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: ["Store them: ", { kind: "store-keys", identity: name }],
  });
}
