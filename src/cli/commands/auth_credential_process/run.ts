import { timestamp } from "../../../auth/files/credential_file_text.ts";
import { SILENT_UI } from "../../../auth/flow/login_host.ts";
import { proveIdentity } from "../../login/prove_identity.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import { obtainCredentials } from "../../login/obtain_credentials.ts";
import { HAND_OUT } from "../../../auth/login/policies.ts";
import { selectIdentity } from "../../../auth/model/select_identity.ts";
import type { Credentials } from "../../../aws/client/credentials.ts";
import { PROCESS_MARK } from "../../../aws/credentials/credentials_process.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import type { ActiveIdentity, IdentityTarget } from "../../../auth/login/identity.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import { checkNamed, checkOneSelection } from "../../login/select_identity.ts";
import { loadProjectAuth, quietGate } from "../../project/load.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { loginWithConfig } from "../../login/login_remedy.ts";
import type { CREDENTIAL_PROCESS_FLAGS } from "./command.ts";
import { oneLine } from "../../output/report.ts";

type ProcessInput = Input<typeof CREDENTIAL_PROCESS_FLAGS>;

/**
 * Prints an identity's credentials as AWS's SDKs want them of a credential_process: stored ones, else such as can be had
 * without a user. Errors are a line each, since SDKs repeat them.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function runAuthCredentialProcess(host: LoginCommandHost, input: ProcessInput): Promise<number> {
  try {
    const target = await readTarget(host, input);
    refuseItself(host, target);
    refuseMoved(target, input.flags.account);
    const active = await obtainCredentials(host, { target, ui: SILENT_UI }, HAND_OUT);
    await refuseOtherAccount(host, { active, account: input.flags.account });
    host.terminal.out(renderAnswer(active.credentials));
    return 0;
  } catch (error) {
    throw oneLine(host, loginWithConfig(error, input.globals));
  }
}

async function readTarget(host: LoginCommandHost, { globals, args }: ProcessInput): Promise<IdentityTarget> {
  const { config, model } = await loadProjectAuth(host, globals, quietGate(host, globals));
  checkOneSelection(host, { doing: "use", argument: args[0], globals, wider: undefined });
  if (args.length === 0) checkNamed(host, { model, globals });
  const selected = selectIdentity(model, { said: args[0] ?? globals.identity, interactive: false });
  if (selected.kind === "ask") throw new Error("a credential_process asks no user");
  return { model, directory: findDirectoryNamed(config), identity: selected.name };
}

/** The profile was written for an account, which the identity of that name may have left since. */
async function refuseOtherAccount(
  host: LoginCommandHost,
  { active, account }: { readonly active: ActiveIdentity; readonly account: string | undefined },
): Promise<void> {
  if (account === undefined || active.credentials.account === account) return;
  const found = active.credentials.account ?? (await proveIdentity(host, active)).account;
  if (found !== account) throw otherAccount(active.name, { account, found });
}

/** The same where the configuration says it, before AWS is asked for anything. */
function refuseMoved({ model, identity }: IdentityTarget, account: string | undefined): void {
  const { accountId: found, name } = buildChain(model, identity).identities.at(-1)!;
  if (account !== undefined && found !== undefined && found !== account) throw otherAccount(name, { account, found });
}

function otherAccount(
  name: string,
  { account, found }: { readonly account: string; readonly found: string },
): AppError {
  return new AppError(
    "usage",
    `Cannot use identity "${name}" for account ${JSON.stringify(account.slice(0, 200))}: it is of account ${found} now`,
    { hint: remedy`If that is meant, write the profile anew: ${nameCommand("auth", "configure-aws", name)}` },
  );
}

function renderAnswer({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): string {
  const answer = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.reveal(),
    SessionToken: sessionToken?.reveal(),
    Expiration: expiration === undefined ? undefined : timestamp(expiration),
  };
  return `${JSON.stringify(answer)}\n`;
}

/** The environment's own credentials may be those of a profile whose credential_process this is. */
function refuseItself(host: Needs<"env">, { model, identity }: IdentityTarget): void {
  const first = buildChain(model, identity).identities[0];
  if (first?.isAmbient !== true || host.env.get(PROCESS_MARK) === undefined) return;
  throw new AppError("config-invalid", `Cannot use identity "${identity}": it would ask for its own credentials`, {
    hint: `Its chain starts with "${first.name}", so the profile of this credential_process must not be AWS_PROFILE`,
  });
}
