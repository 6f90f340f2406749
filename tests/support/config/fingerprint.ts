import { chainFingerprint } from "../../../src/auth/model/fingerprint.ts";
import { buildChain } from "../../../src/auth/model/chain.ts";
import type { AuthModel } from "../../../src/auth/model/model.ts";

/** Returns the line of a credentials file that says that keys are an identity's, as the model has it. */
export async function fingerprintLine(
  model: AuthModel,
  { identity, accessKeyId }: { readonly identity: string; readonly accessKeyId: string },
): Promise<string> {
  const fingerprint = await chainFingerprint({ chain: buildChain(model, identity), keyring: model.keyring });
  return `atmos_fingerprint = ${accessKeyId}-${fingerprint}\n`;
}
