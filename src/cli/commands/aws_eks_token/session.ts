import { checkRoleArn } from "../../../aws/names/arn.ts";
import type { AwsAccess } from "../../../aws/client/client_config.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import { isDirectoryThere } from "../../../config/files/file_checks.ts";
import { findSources, type Source } from "../../../config/sources.ts";
import { AppError } from "../../../errors.ts";
import { join } from "../../../store/paths.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { Input } from "../../args/command.ts";
import { isWithoutIdentity } from "../../args/global_flags.ts";
import type { EKS_TOKEN_FLAGS } from "./command.ts";

/** As `aws eks get-token`. */
const SESSION_NAME = "EKSGetTokenAuth";

export type TokenInput = Input<typeof EKS_TOKEN_FLAGS>;

/** The same, with what the client says of the person at it. */
export interface TokenRequest extends TokenInput {
  /** Whether KUBERNETES_EXEC_INFO says that somebody is there. */
  readonly interactive: boolean;
}

export interface OwnedSession extends AwsAccess {
  /** Tells the identities of all realms apart; "" for the environment's own credentials. */
  readonly owner: string;
}

/** Whose credentials the token is made with, and for which region. Errors are those of the identity, or of openSession. */
export async function tokenSession(host: LoginCommandHost, request: TokenRequest): Promise<AwsAccess> {
  const role = roleOf(request);
  const base = await ownSession(host, request);
  if (role === undefined) return base;
  const { roleSession } = await import("../../../aws/role_cache/role_session.ts");
  const warn = (line: string) => host.terminal.err(`Warning: ${line}\n`);
  return await roleSession(host, { base, role, owner: base.owner, usesCache: !request.flags["no-cache"], warn });
}

/** What reads a configuration is loaded only where there may be one. */
function mayBeIdentity(host: LoginCommandHost, { flags, globals }: TokenInput): boolean {
  if (flags["no-identity"] || flags.profile !== undefined || isWithoutIdentity(globals)) return false;
  const named = { configFiles: globals.config, configDirectories: globals["config-path"] };
  return globals.identity !== undefined || findSources(host, named).some((source) => hasFiles(host, source));
}

/** A repository is a place to look, not yet a configuration. */
function hasFiles(host: LoginCommandHost, { file, beside }: Source): boolean {
  return file !== undefined ||
    beside.some((directory) => ["atmos.d", ".atmos.d"].some((name) => isDirectoryThere(host, join(directory, name))));
}

function roleOf({ flags }: TokenInput) {
  const roleArn = flags["role-arn"];
  const externalId = flags["external-id"];
  if (roleArn !== undefined) checkRoleArn(roleArn);
  else if (externalId !== undefined || flags["role-session-name"] !== undefined) throw roleless();
  if (roleArn === undefined) return undefined;
  const sessionName = flags["role-session-name"] ?? SESSION_NAME;
  return { roleArn, sessionName, ...(externalId === undefined ? {} : { externalId }) };
}

async function knownOf(host: LoginCommandHost, request: TokenRequest): Promise<OwnedSession | undefined> {
  const { knownSession } = await import("./location_cache.ts");
  return await knownSession(host, request);
}

async function ambient(host: LoginCommandHost, { flags }: TokenInput): Promise<OwnedSession> {
  const session = await openSession(host, {
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
  return { ...session, owner: "" };
}

async function ownSession(host: LoginCommandHost, request: TokenRequest): Promise<OwnedSession> {
  if (!mayBeIdentity(host, request)) return await ambient(host, request);
  const known = request.flags["no-cache"] ? undefined : await knownOf(host, request);
  if (known !== undefined) return known;
  const { identitySession, tokenIdentity } = await import("./identity_session.ts");
  const target = await tokenIdentity(host, request);
  if (target === undefined) return await ambient(host, request);
  return await identitySession(host, { target, request });
}

function roleless(): AppError {
  return new AppError("usage", "Cannot use --external-id or --role-session-name: no role is named", {
    hint: "Name one: --role-arn ARN",
  });
}
