import { AppError } from "../../errors.ts";
import { type DesiredEntries, type DesiredEntry, joinEntries } from "./desired_entries.ts";
import type { EntryEdit } from "./entry_edit.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { Plan, PlannedEdit } from "./plan_edits.ts";
import { RenamedEntries } from "./renames.ts";
import { removeStaleFields } from "./stale_fields.ts";

/** What the file must say once all planned edits are made. */
export function planDesired(config: Kubeconfig, { planned, names }: Plan): DesiredEntries {
  const accepted = planned.flatMap((one) => one instanceof AppError ? [] : [one]);
  const sources = new RenamedEntries(config, { planned: accepted, names });
  const entries = accepted.flatMap((one) =>
    listDesiredEntries(one, sources).map((desired) => removeStaleFields(config, { desired, managed: one.managed }))
  );
  const currentContext = planCurrentContext(config.currentContext, accepted);
  return { entries: joinEntries(entries), removed: sources.removed(), currentContext };
}

/** The entries of a planned edit in all sections. */
function listDesiredEntries(
  { entry, renames, managed, removable }: PlannedEdit,
  sources: RenamedEntries,
): readonly DesiredEntry[] {
  const { cluster, contexts, user } = entry;
  const clusters = [...managed.values()].map(({ use }) => use.cluster);
  return [
    {
      section: "clusters",
      ...cluster,
      previousName: sources.findSource("clusters", { name: cluster.name, candidates: clusters }),
    },
    ...contexts.map((one): DesiredEntry => {
      const candidates = [renames.renamed.get(one.name)];
      return {
        section: "contexts",
        ...one,
        previousName: sources.findSource("contexts", { name: one.name, candidates }),
      };
    }),
    {
      section: "users",
      ...user,
      previousName: sources.findSource("users", { name: user.name, candidates: removable }),
    },
  ];
}

/** The current context: the same one under its new name, unless an edit switches. */
function planCurrentContext(before: string | undefined, planned: readonly PlannedEdit[]): string | undefined {
  let current = before;
  for (const one of planned) if (before !== undefined) current = findNewName(before, one) ?? current;
  for (const { edit, entry } of planned) if (maySwitch(edit, current)) current = entry.context.name;
  return current;
}

/** The new name of a context; undefined when the edit does not rename it. */
function findNewName(name: string, { renames, entry }: PlannedEdit): string | undefined {
  if (renames.removed.includes(name)) return entry.context.name;
  return [...renames.renamed].find(([, oldName]) => oldName === name)?.[0];
}

function maySwitch({ switchContext }: EntryEdit, current: string | undefined): boolean {
  return switchContext === "always" || (switchContext === "if-none" && current === undefined);
}
