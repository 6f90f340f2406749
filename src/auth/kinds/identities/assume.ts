import type { AwsEndpoint } from "../../../aws/client/client_config.ts";
import type { Credentials } from "../../../aws/client/credentials.ts";
import { type MfaCode, mfaQuestion } from "../../../aws/sts/sts_session.ts";
import type { Named } from "../../../config/schema/entry.ts";
import { AppError } from "../../../errors.ts";
import { Secret } from "../../../secret.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { LoginHost, LoginUi } from "../../flow/login_host.ts";
import type { ProviderSession } from "../providers/provider_session.ts";
import type { Via } from "../via.ts";

/** What an identity starts from: the login of its provider, or the identity before it. */
export type Origin =
  | ProviderSession
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  | { readonly kind: "none" };

export interface AssumeInput<Spec> extends AwsEndpoint {
  readonly identity: Spec & Named;
  readonly from: Origin;
  readonly ui: LoginUi;
  /** Opens the keyring that is configured; asks and reads nothing yet. */
  readonly keyring: () => Promise<Keyring>;
  readonly realm: string;
  /** What the identity's credentials are, with all that it continues from, as it is configured now. */
  readonly fingerprint: () => Promise<string>;
}

/** Gets credentials of an identity. Errors: those of the AWS call, "login-needed", "config-invalid" of unfitOrigin. */
export type AssumeIdentity<Spec> = (host: LoginHost, input: AssumeInput<Spec>) => Promise<Credentials>;

/** The seconds that AWS counts a session in. */
export function seconds(ms: number | undefined): { readonly durationSeconds?: number } {
  return ms === undefined ? {} : { durationSeconds: Math.round(ms / 1000) };
}

/** The code that the user reads off the MFA device. AppError "login-needed" without a terminal to type it at. */
export async function mfaCode(
  { ui, identity: { name } }: Pick<AssumeInput<unknown>, "ui" | "identity">,
  device: string,
): Promise<MfaCode> {
  const tokenCode = await ui.ask(mfaQuestion(device));
  if (tokenCode !== undefined) return { serialNumber: device, tokenCode: new Secret(tokenCode.reveal()) };
  throw new AppError("login-needed", `Cannot use identity "${name}": it needs a code from its MFA device`, {
    hint: [{ kind: "terminal-login" }],
  });
}

/** AppError "config-invalid": the identity cannot be reached that way. */
export function unfitOrigin(
  { name, kind, via, place }: Named & { readonly kind: string; readonly via: Via },
  needs: string,
): AppError {
  const by = via.provider === undefined ? `identity "${via.identity}"` : `provider "${via.provider}"`;
  return new AppError(
    "config-invalid",
    `Cannot use identity "${name}": ${kind} needs ${needs}, not ${by}`,
    {
      hint: "Correct its via in atmos.yaml",
      place,
    },
  );
}
