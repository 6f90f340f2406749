import { buildChain, type Chain } from "../../../auth/model/chain.ts";
import { chainFingerprint } from "../../../auth/model/fingerprint.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { AppError } from "../../../errors.ts";
import { catchAppError } from "./result_row.ts";
import type { IdentityTargets } from "./targets.ts";

/**
 * Returns the targets with kubectl's plugins as they can make tokens: `atmos` reads atmos.yaml alone, where an identity of
 * stacks is not there, or is another one of that name. Its cluster has the `aws` plugin; AppError "usage" as its result
 * where `--exec-command atmos` is given.
 */
export async function withComponentPlugins(
  targets: IdentityTargets,
  /** Without what stacks say. */
  known: AuthModel,
): Promise<IdentityTargets> {
  const { auth: { model: { keyring } } } = targets;
  const rows = await Promise.all(targets.rows.map(async (row) => {
    const { name, result } = row;
    if (result instanceof AppError || await isSameIn(known, { chain: result.chain, keyring })) return row;
    const { integration, chain } = result;
    if (integration.cluster.execCommand === "atmos") return { name, result: unknownToPlugin(chain) };
    const cluster = { ...integration.cluster, execCommand: "aws" as const };
    return { name, result: { ...result, integration: { ...integration, cluster } } };
  }));
  return { ...targets, rows };
}

async function isSameIn(
  known: AuthModel,
  { chain, keyring }: { readonly chain: Chain; readonly keyring: AuthModel["keyring"] },
): Promise<boolean> {
  const other = await catchAppError(() => buildChain(known, chain.identities.at(-1)!.name));
  if (other instanceof AppError) return false;
  return await chainFingerprint({ chain, keyring }) ===
    await chainFingerprint({ chain: other, keyring: known.keyring });
}

function unknownToPlugin({ identities }: Chain): AppError {
  const { name } = identities.at(-1)!;
  const found = `identity "${name}" is defined in a stack, and kubectl's plugin reads only atmos.yaml`;
  return new AppError("usage", `Cannot use --exec-command atmos for this component: ${found}`, {
    hint: `Define identity "${name}" in atmos.yaml, or remove --exec-command`,
  });
}
