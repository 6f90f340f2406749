import { type Choice, chooseCredentials } from "../../login/choose_credentials.ts";
import { listClaims } from "../../login/credential_claims.ts";
import type { Needs } from "../../../host/host.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { UpdateKubeconfigInput } from "./command.ts";

/** Returns whose credentials describe a cluster that no integration stands for. AppErrors of chooseCredentials. */
export async function chooseForCluster(
  host: Needs<"env">,
  { input: { flags, globals }, ...configuration }: {
    readonly input: UpdateKubeconfigInput;
    readonly isConfigured: () => Promise<boolean>;
    readonly load: () => Promise<LoadedAuth>;
  },
): Promise<Choice<LoadedAuth>> {
  const claims = listClaims(host, { globals, profile: flags.profile });
  return await chooseCredentials(host, { claims, ...configuration });
}
