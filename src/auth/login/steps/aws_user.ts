import { getSessionToken } from "../../../aws/sts/sts_session_token.ts";
import { AppError } from "../../../errors.ts";
import { configureCommand } from "../../keyring/hints.ts";
import { userKeys } from "../../keyring/user_keys.ts";
import { type Become, seconds } from "./step.ts";

export const become: Become<"aws/user"> = async (host, { identity, region, settings, ui, keyring }) => {
  const keys = await userKeys(identity, keyring);
  if (keys === undefined) throw noKeys(identity.name);
  const { accessKeyId, secretAccessKey, mfaArn, sessionMs } = keys;
  const tokenCode = mfaArn === undefined
    ? undefined
    : await ui.ask({ text: `Code of MFA device ${mfaArn}`, hidden: false });
  if (mfaArn !== undefined && tokenCode === undefined) throw noCode(identity.name);
  return await getSessionToken(host, {
    region,
    settings,
    credentials: { accessKeyId, secretAccessKey },
    ...seconds(sessionMs),
    ...(mfaArn === undefined || tokenCode === undefined ? {} : { mfa: { serialNumber: mfaArn, tokenCode } }),
  }).catch((error) => {
    throw ofUser(error, identity.name);
  });
};

const VARIABLE = "AWS_SECRET_ACCESS_KEY.";

/** The hint of a wrong secret, which comes from no variable here. */
function ofUser(error: unknown, name: string): unknown {
  if (!(error instanceof AppError) || !error.hint?.includes(VARIABLE)) return error;
  const { code, message, facts, cause } = error;
  const hint = error.hint.replace(VARIABLE, `atmos.yaml or the keyring: ${configureCommand(name)}`);
  return new AppError(code, message, { hint, facts, cause });
}

function noKeys(name: string): AppError {
  const found = "neither atmos.yaml nor the keyring has access keys of it";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: `Store them: ${configureCommand(name)}`,
  });
}

function noCode(name: string): AppError {
  return new AppError("login-needed", `Cannot use identity "${name}": it needs a code of its MFA device`, {
    hint: "Log in at a terminal: atmos auth login",
  });
}
