import type { Needs } from "../../../host/host.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import type { ExecBlock } from "../../../kube/exec/exec_block.ts";
import { pluginClaims, withPluginVariables } from "../../doctor/plugin_environment.ts";
import { chooseClaim } from "../../doctor/examine_caller.ts";
import { type Claim, listClaims } from "../../login/credential_claims.ts";
import { typedIdentity } from "../../login/select_identity.ts";
import type { AuthOf } from "../../project/load.ts";
import type { DoctorInput } from "./command.ts";

interface ChooseInput {
  readonly input: DoctorInput;
  readonly auth: AuthOf | undefined;
  /** The context's plugin. */
  readonly exec: ExecBlock | undefined;
  /** Whether that is of the user's own files. */
  readonly isOwn: boolean;
  readonly integration: EksIntegration | undefined;
}

/**
 * Returns whose credentials are examined: what flags name, else what the context's plugin would use, else the integration's
 * identity, else what every command uses. AppErrors of chooseCredentials.
 */
export async function chooseCaller(host: Needs<"env">, given: ChooseInput): Promise<Claim> {
  const { auth, exec, integration } = given;
  if (exec === undefined && integration?.via.identity !== undefined && !isNamed(host, given.input)) {
    return { kind: "identity", name: integration.via.identity, by: { integration: integration.name } };
  }
  return await chooseClaim(host, { claims: claimsFor(host, given), auth });
}

function isNamed(host: Needs<"env">, { flags, globals }: DoctorInput): boolean {
  return flags.profile !== undefined || typedIdentity(host, globals) !== undefined;
}

function claimsFor(host: Needs<"env">, { input, exec, isOwn }: ChooseInput): readonly Claim[] {
  const { flags: { profile }, globals } = input;
  if (isNamed(host, input)) return listClaims(host, { globals, profile });
  const { identity = globals.identity, ...own } = pluginClaims(exec);
  return listClaims(withPluginVariables(host, { exec, isOwn }), { globals: { identity }, ...own });
}
