import type { CredentialsInput } from "../../auth/login/credentials.ts";
import {
  type ActiveIdentity,
  type IdentityTarget,
  type LocatedIdentity,
  locateIdentity,
} from "../../auth/login/identity.ts";
import { HAND_OUT } from "../../auth/login/policies.ts";
import { isAnyCloud } from "../../auth/model/chain.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { obtainCredentials } from "../login/obtain_credentials.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import type { RequestedIdentity } from "../login/select_identity.ts";
import { withSpinner } from "../prompt/spinner.ts";
import { provisionMissing } from "./provision_missing.ts";

/**
 * Returns an identity for programs, logged in where there is need to, with what is missing of its linked clusters and
 * registries made ready. AppErrors of the login.
 */
export async function handOut(
  host: LoginCommandHost,
  { target, ui, globals }: Pick<CredentialsInput, "ui"> & {
    readonly target: RequestedIdentity;
    readonly globals: Globals;
  },
): Promise<ActiveIdentity> {
  const obtained = await obtainCredentials(withSpinner(host, globals), { target, ui }, HAND_OUT);
  await provisionMissing(host, { target, obtained, globals });
  return obtained;
}

/** An identity whose variables programs get, with or without credentials of AWS. */
export type HandedOut = LocatedIdentity & Pick<ActiveIdentity, "source"> & Partial<Pick<ActiveIdentity, "credentials">>;

/**
 * Returns an identity of kind ambient where the environment has nothing of AWS: what it has may be another cloud's, and
 * is for the program to find. The error itself is thrown for every other kind, and for other errors.
 */
export async function passThrough(
  host: Needs<"env" | "read" | "sys">,
  { target, error }: { readonly target: IdentityTarget; readonly error: unknown },
): Promise<HandedOut> {
  if (!(error instanceof AppError) || error.code !== "login-needed") throw error;
  const located = await locateIdentity(host, target);
  if (!isAnyCloud(located.chain)) throw error;
  return { ...located, source: { kind: "ambient" } };
}
