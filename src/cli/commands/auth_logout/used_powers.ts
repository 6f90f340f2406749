import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import type { Chain } from "../../../auth/model/chain.ts";
import { credentialPowers } from "../../../auth/model/used_powers.ts";
import { realTarget } from "../../../config/files/resolve_write_target.ts";
import type { Power } from "../../../config/schema/powers.ts";
import { findLinked } from "../../../integrations/contract/linked.ts";
import type { Integration } from "../../../integrations/contract/model.ts";
import { type AuthorRecord, readAuthorRecord } from "../../../integrations/eks/author_record.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { kubeconfigFile } from "../../../integrations/eks/kubeconfig_file.ts";
import { findAuthor } from "../../provision/author.ts";
import type { CleanupInput } from "./linked_cleanup.ts";
import type { LogoutCommandHost, LogoutInput } from "./plan_text.ts";

/**
 * Returns the powers of all that a logout asks, changes and removes; of all realms, the configuration says where none of
 * them is. What is on record as written for an integration, in that very file, is removed on the word of the record.
 * Permissions: env, read, sys.
 */
export async function usedPowers(
  host: LogoutCommandHost,
  { plan: { selected: { chains, providers } }, flags, ...auth }: Pick<CleanupInput, "model" | "config" | "globals"> & {
    readonly plan: Pick<LogoutPlan, "selected">;
    readonly flags: LogoutInput["flags"];
  },
): Promise<readonly Power[]> {
  const { model } = auth;
  const record = readAuthorRecord(host, await findAuthor(host, auth));
  const linked = chains.flatMap((chain) =>
    findLinked(model, chain).filter((one) => !isOnRecord(host, { one, chain, record })).flatMap(({ powers }) => powers)
  );
  if (flags["all-realms"] && !flags.keychain) return linked;
  const realm = model.powers.filter(({ path }) => path === "auth.realm");
  const credentials = chains.flatMap((chain) => credentialPowers(model, chain));
  return [...realm, ...credentials, ...providers.flatMap(({ powers }) => powers), ...linked];
}

/** A link may lead to another file than the one that was written. */
function isOnRecord(
  host: LogoutCommandHost,
  { one, chain, record }: { readonly one: Integration; readonly chain: Chain; readonly record: AuthorRecord },
): boolean {
  if (!isEks(one)) return false;
  const file = kubeconfigFile(host, peek(one));
  const identity = chain.identities.at(-1)!.name;
  return realTarget(host, file) === file &&
    record.recordedFor({ file, integration: one.name, identity }).length > 0;
}
