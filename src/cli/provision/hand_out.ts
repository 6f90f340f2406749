import { credentials, type CredentialsInput } from "../../auth/login/credentials.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { HAND_OUT } from "../../auth/login/policies.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import type { Wanted } from "../login/select_identity.ts";
import { patient } from "../prompt/spinner.ts";
import { provisionMissing } from "./provision_missing.ts";

/**
 * Returns an identity for programs, logged in where there is need to, with what is missing of its linked clusters and
 * registries made ready. AppErrors of the login.
 */
export async function handOut(
  host: LoginCommandHost,
  { target, ui, globals }: Pick<CredentialsInput, "ui"> & { readonly target: Wanted; readonly globals: Globals },
): Promise<ActiveIdentity> {
  const obtained = await credentials(patient(host, globals), { target, ui }, HAND_OUT);
  await provisionMissing(host, { target, obtained, globals });
  return obtained;
}
