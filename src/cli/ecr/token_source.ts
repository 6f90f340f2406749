import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import { nameLogin, nameRefused } from "../../auth/flow/remedy_context.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { isAmbient } from "../../auth/model/chain.ts";
import { type RegistryToken, registryToken } from "../../aws/ecr/password.ts";
import { PUBLIC_TOKEN_REGION } from "../../aws/ecr/ecr_registry.ts";
import type { AskMfaCode } from "../../aws/credentials/mfa_session.ts";
import { openSession } from "../../aws/credentials/session.ts";
import { AppError } from "../../errors.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import { askOnce, type OneQuestion } from "../../integrations/contract/ask_once.ts";
import { passwordScope } from "../../aws/ecr/ecr_registry.ts";
import type { EcrTarget } from "./targets.ts";

interface TokenSourceInput {
  /** AWS profile, for registries that no identity is named for. */
  readonly profile: string | undefined;
  /** Where the user can be asked for the code of that profile's MFA device. */
  readonly askMfaCode?: AskMfaCode | undefined;
  /** Credentials of an identity; AppErrors of the login. */
  obtain(as: NonNullable<EcrTarget["as"]>): Promise<ActiveIdentity>;
}

/** A password, and what the credentials of the identity are that has asked for it. */
export type IdentityToken = RegistryToken & Partial<Pick<ActiveIdentity, "fingerprint">>;

/**
 * Gives passwords for registries. An identity is asked for its credentials once, AWS once for all registries that one
 * password is good for.
 */
export function tokenSource(
  host: LoginCommandHost,
  { profile, askMfaCode, obtain }: TokenSourceInput,
): (target: EcrTarget) => Promise<IdentityToken> {
  const identities: OneQuestion = new Map();
  const tokens: OneQuestion = new Map();
  const asIdentity = async (
    { registry, as }: EcrTarget & { readonly as: NonNullable<EcrTarget["as"]> },
  ): Promise<IdentityToken> => {
    const { chain, name, credentials, fingerprint } = await askOnce(identities, {
      key: [as.identity.toLowerCase()],
      ask: () => obtain(as),
    });
    const endpointUrl = findEndpoint(chain);
    const access = { registry, settings: callSettings(host, { endpointUrl }), credentials };
    const token = await registryToken(host, access).catch((error) => {
      // The environment's own credentials are not kept.
      throw isAmbient(chain) ? nameLogin(error, name) : nameRefused(error, name);
    });
    return { ...token, fingerprint };
  };
  const asAmbient = async ({ registry }: EcrTarget): Promise<IdentityToken> => {
    const region = registry.kind === "public" ? PUBLIC_TOKEN_REGION : registry.region;
    const session = await openSession(host, { region, askMfaCode, ...(profile === undefined ? {} : { profile }) });
    return await registryToken(host, { ...session, registry }).catch((error) => {
      throw withOwnFlags(error);
    });
  };
  // Registries that fail for one reason share the error.
  const named = new Map<unknown, unknown>();
  return (target) => {
    const { as, claim, choice } = target;
    const ask = () => as === undefined ? asAmbient(target) : asIdentity({ ...target, as });
    const make = () =>
      ask().catch((error) => {
        if (!named.has(error)) {
          named.set(error, nameCredentials(error, { claim, model: as?.model, among: choice?.among }));
        }
        throw named.get(error);
      });
    return askOnce(tokens, { key: [as?.identity.toLowerCase(), passwordScope(target.registry)], ask: make });
  };
}

/** The flags of `aws ecr login` in place of those of other commands. */
function withOwnFlags(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== "aws-denied") return error;
  return error.within({ otherCredentials: "profile" });
}
