import type { Needs } from "../../../host/host.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import type { ExecBlock } from "../../../kube/exec/exec_block.ts";
import { GLOBAL_FLAGS } from "../../args/global_flags.ts";
import { hideRepeatedVariables } from "../../args/repeated_variables.ts";
import { listUnfollowed, pluginClaims, withPluginVariables } from "../../doctor/plugin_environment.ts";
import { chooseClaim } from "../../doctor/examine_caller.ts";
import { type Verdict, warning } from "../../doctor/step.ts";
import { type Claim, listClaims } from "../../login/credential_claims.ts";
import { findTypedIdentity } from "../../login/select_identity.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { DoctorInput } from "./command.ts";

interface ChooseInput {
  readonly input: DoctorInput;
  readonly auth: LoadedAuth | undefined;
  /** The context's plugin. */
  readonly exec: ExecBlock | undefined;
  /** Whether that is of the user's own files. */
  readonly isOwn: boolean;
  readonly integration: EksIntegration | undefined;
}

type CallerHost = Needs<"read" | "env" | "sys">;

/**
 * Returns whose credentials are examined: what flags name, else what the context's plugin would use, else the integration's
 * identity, else what every command uses; a verdict where the plugin's variables say it and are not followed. AppErrors
 * of chooseCredentials.
 */
export async function chooseCaller(host: CallerHost, given: ChooseInput): Promise<Claim | Verdict> {
  const { auth, exec, integration } = given;
  const unfollowed = isNamed(host, given.input) ? [] : listUnfollowed(host, given);
  if (unfollowed.length > 0) {
    const found =
      `the entry's plugin is given ${unfollowed.join(", ")}, which may start programs or point elsewhere, ` +
      "so it is not used here";
    return warning(found, { hint: "Read the entry; or specify your own credentials: --profile NAME, --identity NAME" });
  }
  if (exec === undefined && integration?.via.identity !== undefined && !isNamed(host, given.input)) {
    return { kind: "identity", name: integration.via.identity, by: { integration: integration.name } };
  }
  return await chooseClaim(host, { claims: claimsFor(host, given), auth });
}

function isNamed(host: Needs<"env">, { flags, globals }: DoctorInput): boolean {
  return flags.profile !== undefined || findTypedIdentity(host, globals) !== undefined;
}

function claimsFor(host: CallerHost, { input, exec, isOwn }: ChooseInput): readonly Claim[] {
  const { flags: { profile }, globals } = input;
  if (isNamed(host, input)) return listClaims(host, { globals, profile });
  const { identity, ...own } = pluginClaims(exec);
  // A flag of the plugin is no variable's, whatever ATMOS_IDENTITY says here.
  const typed = identity === undefined ? {} : { identity };
  const seen = hideRepeatedVariables(withPluginVariables(host, { exec, isOwn }), { flags: GLOBAL_FLAGS, typed });
  return listClaims(seen, { globals: { identity: identity ?? globals.identity }, ...own });
}
