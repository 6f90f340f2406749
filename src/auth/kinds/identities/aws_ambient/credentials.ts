import { openSession } from "../../../../aws/credentials/session.ts";
import { findLoginFile } from "../../../../aws/shared_config/provider_directory.ts";
import { mfaQuestion } from "../../../../aws/sts/sts_session.ts";
import type { Named } from "../../../../config/schema/entry.ts";
import { AppError } from "../../../../errors.ts";
import type { Needs } from "../../../../host/host.ts";
import { nameShellCommand, remedy } from "../../../../remedy.ts";
import type { AssumeIdentity } from "../assume.ts";
import type { AwsAmbient } from "./schema.ts";

/** Whatever the environment has: variables, a container's or an instance's role. */
export const assume: AssumeIdentity<AwsAmbient> = async (host, { identity, region, ui }) => {
  refuseLogin(host, identity);
  const askMfaCode = ui.interactive ? (device: string) => ui.ask(mfaQuestion(device)) : undefined;
  return (await openSession(host, { region, askMfaCode })).credentials;
};

/** What a login has put into the environment is an identity of its own. AppError "identity-not-found". */
function refuseLogin({ env }: Needs<"env">, { name }: Named): void {
  if (env.get("AWS_ACCESS_KEY_ID") !== undefined || findLoginFile({ env }) === undefined) return;
  const other = env.get("AWS_PROFILE") ?? "default";
  throw new AppError(
    "identity-not-found",
    `Cannot use identity "${name}": it has the environment's own credentials, which are those of identity "${other}" here`,
    {
      hint: remedy`Use a shell that is no identity's: open a new one, or run: ${
        nameShellCommand("unset", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE")
      }`,
    },
  );
}
