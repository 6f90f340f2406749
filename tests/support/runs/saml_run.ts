import { type LoginWorld, loginWorld, type LoginWorldOptions } from "./login_run.ts";
import { READER } from "../saml/document.ts";

export interface SamlWorldOptions extends Omit<LoginWorldOptions, "config"> {
  /** Fields of the provider, as YAML in braces has them. */
  readonly provider: string;
}

/** Identities that are reached through SAML: one names its role, one leaves it open, one goes on from there. */
export function samlConfig(provider: string): string {
  return `auth:
  realm: test
  providers:
    corp: {kind: aws/saml, region: us-east-2, ${provider}}
  identities:
    reader: {kind: aws/assume-role, default: true, via: {provider: corp}, principal: {assume_role: "${READER}"}}
    any: {kind: aws/assume-role, via: {provider: corp}, principal: {}}
    absent:
      kind: aws/assume-role
      via: {provider: corp}
      principal: {assume_role: "arn:aws:iam::123456789012:role/absent"}
    next: {kind: aws/assume-role, via: {identity: reader}, principal: {assume_role: "arn:aws:iam::123456789012:role/next"}}
`;
}

/** A home with such a configuration. */
export async function samlWorld({ provider, ...options }: SamlWorldOptions): Promise<LoginWorld> {
  return await loginWorld({ ...options, config: samlConfig(provider) });
}

/** Where the credentials of a login are. */
export const SAML_CREDENTIALS = ".config/atmos/test/aws/corp/credentials";
