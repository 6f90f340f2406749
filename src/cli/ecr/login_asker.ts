import { buildChain } from "../../auth/model/chain.ts";
import { chainFingerprint } from "../../auth/model/fingerprint.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import type { LoginAsker, OwnedLogin } from "../../docker/login_record.ts";
import { AppError } from "../../errors.ts";

interface AskerInput {
  readonly model: AuthModel | undefined;
  /** Where the configuration lies. */
  readonly configLocation: string | undefined;
  /** As whom it would be now; undefined where a command is about what is there. */
  readonly identity?: string | undefined;
}

/**
 * Returns who asks about what docker has for a registry. A configuration that has moved is known by its identity and what
 * that is.
 */
export async function makeAsker(input: AskerInput, record: OwnedLogin | undefined): Promise<LoginAsker> {
  const { model, configLocation } = input;
  const identity = input.identity ?? record?.identity ?? undefined;
  if (record?.isGone !== true || model === undefined || identity === undefined) return { configLocation };
  const fingerprint = await findFingerprint(model, identity);
  return fingerprint === undefined ? { configLocation } : { configLocation, identity, fingerprint };
}

/** Returns what an identity is, by hash; undefined for one that cannot be used. */
export async function findFingerprint(model: AuthModel, identity: string): Promise<string | undefined> {
  try {
    return await chainFingerprint({ chain: buildChain(model, identity), keyring: model.keyring });
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
