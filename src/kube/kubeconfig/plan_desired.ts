import { AppError } from "../../errors.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { FormerNodes } from "./renamed_entries.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { Plan, PlannedEdit } from "./plan_edits.ts";
import { withoutStale } from "./stale_fields.ts";
import { joinedEntries, type Wanted, type WantedEntry } from "./desired_entries.ts";

/** What a file must say so that all that is planned is true of it. */
export function planWanted(config: Kubeconfig, { planned, names }: Plan): Wanted {
  const sound = planned.flatMap((one) => one instanceof AppError ? [] : [one]);
  const nodes = new FormerNodes(config, { planned: sound, names });
  const entries = sound.flatMap((one) =>
    wantedEntries(one, nodes).map((want) => withoutStale(config, { want, planned: one }))
  );
  const currentContext = currentAfter(config.currentContext, sound);
  return { entries: joinedEntries(entries), removed: nodes.removed(), currentContext };
}

/** All sections' entries of a cluster. */
function wantedEntries({ entry, moves, claim, ours }: PlannedEdit, nodes: FormerNodes): readonly WantedEntry[] {
  const { cluster, contexts, user } = entry;
  const clusters = [...claim.values()].map(({ use }) => use.cluster);
  return [
    {
      section: "clusters",
      ...cluster,
      from: nodes.from({ section: "clusters", name: cluster.name, former: clusters }),
    },
    ...contexts.map((one): WantedEntry => {
      const former = [moves.moved.get(one.name)];
      return { section: "contexts", ...one, from: nodes.from({ section: "contexts", name: one.name, former }) };
    }),
    { section: "users", ...user, from: nodes.from({ section: "users", name: user.name, former: ours }) },
  ];
}

/** The current context stays that of whom it is. */
function currentAfter(before: string | undefined, planned: readonly PlannedEdit[]): string | undefined {
  let current = before;
  for (const one of planned) if (before !== undefined) current = followed(before, one) ?? current;
  for (const { edit, entry } of planned) if (switches(edit, current)) current = entry.context.name;
  return current;
}

/** The name that a context has by now; undefined when it is not the edit's own. */
function followed(name: string, { moves, entry }: PlannedEdit): string | undefined {
  if (moves.gone.includes(name)) return entry.context.name;
  return [...moves.moved].find(([, former]) => former === name)?.[0];
}

function switches({ switchContext }: EntryEdit, current: string | undefined): boolean {
  return switchContext === "always" || (switchContext === "if-none" && current === undefined);
}
