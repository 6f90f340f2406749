import type { Needs } from "../../host/host.ts";
import type { Credentials } from "../client/credentials.ts";
import type { Profile } from "../shared_config/profile.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { environmentKeys } from "./credentials_static.ts";
import type { AskMfaCode } from "./mfa_session.ts";
import { RENEW_VARIABLES } from "./renewal.ts";
import { type Remedy } from "../../remedy.ts";

/** What the search for credentials starts from. */
export interface AmbientInput {
  readonly files: SharedFiles;
  readonly profile: Profile;
  readonly settings: AwsSettings;
  /** Where a role of the profile is assumed, when the profile itself has no region. */
  readonly region: string;
  /** Where the user can be asked for the code of an MFA device. */
  readonly askMfaCode?: AskMfaCode | undefined;
}

export interface AmbientCredentials {
  readonly credentials: Credentials;
  /** What to do where AWS takes them no longer. */
  readonly renewal: Remedy;
}

/**
 * The SDK's own providers read the environment and talk to the metadata services by themselves; a credential_process is
 * run, and what the AWS CLI keeps below ~/.aws is renewed there.
 */
export type AmbientHost = Needs<"net" | "read" | "write" | "env" | "run" | "clock" | "random" | "sys">;

/**
 * The credentials the AWS CLI would find: environment (unless --profile is given), profile (keys, SSO cache,
 * credential_process, assumed roles), web identity, ECS or EKS container, EC2 instance. The first that is set up is
 * the one: when it fails, that is told, and no other is tried. "login-needed" when there is none, after two seconds at
 * most; "config-invalid" for settings that mean nothing.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function ambientCredentials(host: AmbientHost, input: AmbientInput): Promise<AmbientCredentials> {
  const ready = input.profile.namedBy === "flag" ? undefined : environmentKeys(host);
  if (ready !== undefined) {
    tellSource(host, { source: "environment" }, ready);
    return { credentials: ready, renewal: RENEW_VARIABLES };
  }
  const { discoveredCredentials } = await import("./discover.ts");
  const found = await discoveredCredentials(host, input);
  tellSource(host, { source: "aws", profile: input.profile.name }, found.credentials);
  return found;
}

function tellSource(
  { log }: Needs<never>,
  facts: { readonly source: string; readonly profile?: string },
  { accessKeyId: key, account }: Credentials,
): void {
  log?.tell("debug", "credentials", { ...facts, key, account });
}
