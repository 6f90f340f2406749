import { AppError } from "../../errors.ts";
import { parseDuration } from "../../formats/text/duration.ts";
import { Secret } from "../../secret.ts";

/** What a keyring keeps of an IAM user. */
export interface UserEntry {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly mfaArn: string | undefined;
  /** As written, such as "12h"; the Go atmos asks for it. */
  readonly sessionDuration: string | undefined;
}

/** The form that the Go atmos reads and writes. */
export function userEntryText({ accessKeyId, secretAccessKey, mfaArn, sessionDuration }: UserEntry): Secret {
  const data = {
    access_key_id: accessKeyId,
    secret_access_key: secretAccessKey.reveal(),
    mfa_arn: mfaArn,
    session_duration: sessionDuration,
  };
  return new Secret(JSON.stringify({ type: "aws", data }));
}

/** AppError "config-invalid" for what is no entry of a user; a session, which is none, among it. */
export function parseUserEntry(text: Secret, identity: string): UserEntry {
  const { access_key_id: id, secret_access_key: secret, session_token: session, ...rest } = parseFields(text);
  if (!isText(id) || !isText(secret) || isText(session)) throw unusable(identity);
  const { mfa_arn: mfaArn, session_duration: duration } = rest;
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    mfaArn: isText(mfaArn) ? mfaArn : undefined,
    sessionDuration: isText(duration) ? duration : undefined,
  };
}

/** Milliseconds; undefined when nothing that can be understood is said. */
export function getSessionMs({ sessionDuration }: UserEntry): number | undefined {
  if (sessionDuration === undefined) return undefined;
  try {
    return parseDuration(sessionDuration);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function parseFields(text: Secret): Readonly<Record<string, unknown>> {
  try {
    const { type, data } = JSON.parse(text.reveal());
    return type === "aws" && typeof data === "object" && data !== null ? data : {};
  } catch {
    return {};
  }
}

function unusable(identity: string): AppError {
  const found = "its keyring entry does not contain access keys";
  return new AppError("config-invalid", `Cannot use identity "${identity}": ${found}`, {
    hint: ["Remove that, then store the keys again: ", { kind: "store-keys", identity, how: "remove" }],
  });
}

/** The text of an entry's bytes. AppError "config-invalid" when they cannot be decoded. */
export function decodedEntry(title: string, bytes: () => Uint8Array): Secret {
  try {
    return new Secret(new TextDecoder().decode(bytes()));
  } catch {
    throw new AppError("config-invalid", `Cannot read from ${title}: a value read back differs from the one written`, {
      hint: ["Store the keys again: ", { kind: "store-keys", how: "replace" }],
    });
  }
}
