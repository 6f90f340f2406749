import type { Plan } from "./plan.ts";

/** Returns the plan as `--output json` shows it. */
export function planData(
  { path, portal, identities, clusters, pending, gone, removed, kubeconfig }: Plan,
  { diff, isWritten }: { readonly diff: string; readonly isWritten: boolean },
) {
  const { name, startUrl, region, provider } = portal;
  return {
    file: path,
    written: isWritten,
    provider: { name, start_url: startUrl, region, added: provider === undefined },
    identities: identities.map(({ name, role, account }) => ({
      name,
      role,
      account_id: account.id,
      account_name: account.name === "" ? null : account.name,
    })),
    clusters: clusters.map(({ integration, name, region, alias, caller }) => ({
      integration,
      name,
      region,
      account_id: caller.account,
      account_name: caller.accountName ?? null,
      identity: caller.identity ?? null,
      context: alias,
    })),
    pending: pending.map(({ integration }) => integration),
    kubeconfig: clusters.length === 0 ? null : kubeconfig ?? null,
    gone,
    removed,
    diff,
  };
}
