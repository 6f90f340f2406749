import { AppError } from "../../errors.ts";
import type { Claim } from "./managed_contexts.ts";
import type { Entry } from "./entry.ts";
import { type Kubeconfig, PAYLOAD, SECTIONS } from "./kubeconfig.ts";

export interface ExistingInput {
  readonly entry: Entry;
  readonly claim: Claim;
}

/**
 * AppError "kubeconfig-merge" when a name of the entry is in the file already, whoever's it is; but for what was written
 * for this very entry.
 */
export function refuseExisting(config: Kubeconfig, { entry, claim }: ExistingInput): void {
  const named = { clusters: [entry.cluster], contexts: entry.contexts, users: [entry.user] };
  const uses = [...claim.values()].flatMap(({ use, written }) => written.isOthers ? [] : [use]);
  const own = {
    clusters: uses.map(({ cluster }) => cluster),
    contexts: uses.map(({ name }) => name),
    users: uses.map(({ user }) => user),
  };
  for (const section of SECTIONS) {
    const taken = named[section].find(({ name }) => config[section].entries.has(name) && !own[section].includes(name));
    if (taken === undefined) continue;
    const what = PAYLOAD[section];
    throw new AppError("kubeconfig-merge", `Cannot add ${what} "${taken.name}": it is there already`, {
      hint: "Use --update merge to change it in place.",
      facts: { [what]: taken.name },
    });
  }
}
