import { getSessionToken } from "../../../aws/sts_session_token.ts";
import { AppError } from "../../../errors.ts";
import { type Become, seconds } from "./step.ts";

export const become: Become<"aws/user"> = async (host, { identity, region, settings, talk }) => {
  const { keys, mfaArn } = identity;
  if (keys === undefined) throw noKeys(identity.name);
  const credentials = { accessKeyId: keys.accessKeyId.reveal(), secretAccessKey: keys.secretAccessKey };
  const tokenCode = mfaArn === undefined
    ? undefined
    : await talk.ask({ text: `Code of MFA device ${mfaArn}`, hidden: false });
  if (mfaArn !== undefined && tokenCode === undefined) throw noCode(identity.name);
  return await getSessionToken(host, {
    region,
    settings,
    credentials,
    ...seconds(identity.sessionMs),
    ...(mfaArn === undefined || tokenCode === undefined ? {} : { mfa: { serialNumber: mfaArn, tokenCode } }),
  });
};

function noKeys(name: string): AppError {
  return new AppError("login-needed", `Cannot use identity "${name}": atmos.yaml gives it no access key`, {
    hint: "Set credentials.access_key_id and secret_access_key, best with !env; this version reads no keyring.",
  });
}

function noCode(name: string): AppError {
  return new AppError("login-needed", `Cannot use identity "${name}": it needs a code of its MFA device`, {
    hint: "Log in at a terminal: atmos auth login",
  });
}
