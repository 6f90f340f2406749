import { isAnyCloud } from "../../auth/model/chain.ts";
import {
  type ActiveIdentity,
  type IdentityTarget,
  type LocatedIdentity,
  locateIdentity,
} from "../../auth/login/identity.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";

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
