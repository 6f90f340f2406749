import { withFoundIdentities } from "../../auth/model/found_identities.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import type { SourceHost } from "../../config/sources.ts";
import { lookUp, textAt, valueAt } from "../../config/values/look_up.ts";
import type { Needs } from "../../host/host.ts";
import { type ChoiceInput, readOwnChoice } from "./project_choice.ts";

/**
 * Returns the identity that commands take outside of a repository, where nothing names one and none but the user's own is
 * the default: the one of `auth use`, or the only one. A repository that only adds identities must not turn that into the
 * keys of ~/.aws. Permissions: read, env, sys.
 */
export async function readUsualIdentity(
  host: SourceHost & Needs<"sys">,
  { config: { own }, globals }: ChoiceInput,
): Promise<Pick<AuthModel, "usual">> {
  if (own === undefined || !own.own.entries.has("auth")) return {};
  const used = readOwnChoice(host, { own, globals })?.used;
  const { root } = await withFoundIdentities(host, own.own);
  const identities = valueAt(root, ["auth", "identities"]);
  const entries = identities?.kind === "map" ? [...identities.entries] : [];
  if (used !== undefined) {
    const above = entries.find(([, { value }]) => textAt(value, ["default"]) === "true")?.[0];
    const isGone = identities?.kind !== "map" || lookUp(identities, used) === undefined;
    return { usual: { name: used, by: "auth use", above, isGone } };
  }
  return entries.length === 1 ? { usual: { name: entries[0]![0], by: "only own" } } : {};
}
