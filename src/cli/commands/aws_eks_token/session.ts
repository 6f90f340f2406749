import { checkRoleArn } from "../../../aws/names/arn.ts";
import type { AwsAccess } from "../../../aws/client/client_config.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { AppError } from "../../../errors.ts";
import { chooseCredentials } from "../../login/choose_credentials.ts";
import { type Claim, listClaims } from "../../login/credential_claims.ts";
import { mfaPrompt } from "../../login/mfa_prompt.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { Input } from "../../args/command.ts";
import { isVerbose } from "../../output/report.ts";
import type { EKS_TOKEN_FLAGS } from "./command.ts";

/** As `aws eks get-token`. */
const SESSION_NAME = "EKSGetTokenAuth";

export type TokenInput = Input<typeof EKS_TOKEN_FLAGS>;

/** The same, with what the client says of the person at it. */
export interface TokenRequest extends TokenInput {
  /** Whether KUBERNETES_EXEC_INFO says that someone is there. */
  readonly interactive: boolean;
}

export interface OwnedSession extends AwsAccess {
  /** Tells the identities of all realms apart; "" for the environment's own credentials. */
  readonly owner: string;
}

/** A session, and what says that its credentials are meant. */
export interface ClaimedSession<S extends AwsAccess = AwsAccess> {
  readonly session: S;
  readonly claim: Claim;
}

/** Whose credentials the token is made with, and for which region. Errors are those of the identity, or of openSession. */
export async function tokenSession(host: LoginCommandHost, request: TokenRequest): Promise<ClaimedSession> {
  const role = getRole(request);
  const { session: base, claim } = await getOwnSession(host, request);
  if (role === undefined) return { session: base, claim };
  const { roleSession } = await import("../../../aws/role_cache/role_session.ts");
  const warn = (line: string) => host.terminal.err(`Warning: ${line}\n`);
  const input = { base, role, owner: base.owner, usesCache: !request.flags["no-cache"], warn };
  return { session: await findNamed({ claim, work: () => roleSession(host, input) }), claim };
}

interface Named<T> {
  readonly claim: Claim;
  readonly model?: AuthModel | undefined;
  /** Identities that could have been named. */
  readonly among?: readonly string[] | undefined;
  readonly work: () => Promise<T>;
}

/** What `work` gives; its errors say whose credentials they are about. */
async function findNamed<T>({ claim, model, among, work }: Named<T>): Promise<T> {
  return await work().catch(async (error) => {
    throw (await import("../../login/name_credentials.ts")).nameCredentials(error, { claim, model, among });
  });
}

function getRole({ flags }: TokenInput) {
  const roleArn = flags["role-arn"];
  const externalId = flags["external-id"];
  if (roleArn !== undefined) checkRoleArn(roleArn);
  else if (externalId !== undefined || flags["role-session-name"] !== undefined) throw roleless();
  if (roleArn === undefined) return undefined;
  const sessionName = flags["role-session-name"] ?? SESSION_NAME;
  return { roleArn, sessionName, ...(externalId === undefined ? {} : { externalId }) };
}

async function findKnownSession(host: LoginCommandHost, request: TokenRequest): Promise<OwnedSession | undefined> {
  const { findKnownSession } = await import("./location_cache.ts");
  return await findKnownSession(host, request);
}

async function ambient(host: LoginCommandHost, { flags, globals, interactive }: TokenRequest): Promise<OwnedSession> {
  const session = await openSession(host, {
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    askMfaCode: interactive ? mfaPrompt(host, globals) : undefined,
  });
  return { ...session, owner: "" };
}

/** What reads a configuration is loaded only where that decides. */
async function getOwnSession(
  host: LoginCommandHost,
  request: TokenRequest,
): Promise<ClaimedSession<OwnedSession>> {
  const { flags, globals } = request;
  const since = host.clock.now();
  const claims = listClaims(host, { globals, profile: flags.profile, hasNoIdentity: flags["no-identity"] });
  const isKnown = claims[0]?.kind === "identity" && !flags["no-cache"];
  const known = isKnown ? await findKnownSession(host, request) : undefined;
  if (known !== undefined) return { session: known, claim: claims[0]! };
  const choice = await chooseCredentials(host, {
    claims,
    isConfigured: async () => (await import("../../project/has_configuration.ts")).hasConfiguration(host, globals),
    load: async () => {
      const { loadProjectAuth, quietGate } = await import("../../project/load.ts");
      return await loadProjectAuth(host, globals, quietGate(host, globals));
    },
  });
  if (isVerbose(globals)) {
    // Otherwise kubectl would show the line each time that it asks.
    const { reportChoice } = await import("../../login/report_choice.ts");
    await reportChoice(host, { choice, globals });
  }
  const { taken: claim, auth } = choice;
  if (claim.kind === "aws" || auth === undefined) {
    return { session: await findNamed({ claim, among: choice.among, work: () => ambient(host, request) }), claim };
  }
  const { identitySession } = await import("./identity_session.ts");
  const work = () => identitySession(host, { auth, identity: claim.name!, request, since });
  return { session: await findNamed({ claim, model: auth.model, work }), claim };
}

function roleless(): AppError {
  return new AppError("usage", "Cannot use --external-id or --role-session-name: no role was given", {
    hint: "Specify one: --role-arn ARN",
  });
}
