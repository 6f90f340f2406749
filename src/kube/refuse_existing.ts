import { AppError } from "../errors.ts";
import type { Entry } from "./entry.ts";
import { type Kubeconfig, PAYLOAD, SECTIONS } from "./kubeconfig.ts";

/** AppError "kubeconfig-merge" when a name of the entry is in the file already, whoever's it is. */
export function refuseExisting(config: Kubeconfig, entry: Entry): void {
  const named = { clusters: [entry.cluster], contexts: entry.contexts, users: [entry.user] };
  for (const section of SECTIONS) {
    const taken = named[section].find(({ name }) => config[section].entries.has(name));
    if (taken === undefined) continue;
    const what = PAYLOAD[section];
    throw new AppError("kubeconfig-merge", `Cannot add ${what} "${taken.name}": it is there already`, {
      hint: "Use --update merge to change it in place.",
      facts: { [what]: taken.name },
    });
  }
}
