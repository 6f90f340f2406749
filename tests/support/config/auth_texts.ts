import type { Problem } from "../../../src/config/values/located.ts";
import { type AuthValidation, validateAuth } from "../../../src/integrations/validate_auth.ts";
import { configWorld } from "./config_files.ts";
import { locatedFrom } from "./located_from.ts";

/** Checks the auth section of one YAML text, on a computer in memory with HOME=/home/me. */
export function validated(source: string, file?: string): Promise<AuthValidation> {
  return validateAuth(configWorld({}).host, locatedFrom(source, file));
}

/** The messages alone, each with its path. */
export function messages(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

/** An entry as it stands in an example, in its place in the auth section. */
export function underSection(section: string, example: string): string {
  const indented = example.replace(/^(?=.)/gm, "    ");
  return section === "keyring" ? `auth:\n${indented}` : `auth:\n  ${section}:\n${indented}`;
}

/** A provider, `sso`, and an identity, `dev`, that is reached through it; more identities can follow. */
export const SSO_AND_DEV = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: dev}}
`;
