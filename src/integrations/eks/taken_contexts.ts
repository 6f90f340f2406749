import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";
import { listContextNames } from "../../kube/kubeconfig/entry.ts";
import { readAuthorRecord } from "./author_record.ts";
import type { ClusterEntry } from "./cluster_entry.ts";

interface Taken {
  readonly message: string;
  readonly hint: string;
}

/**
 * Returns, for each entry, what to say of the contexts that it takes from other integrations of the same configuration,
 * whose identity they act as so far. Asked before anything is written.
 */
export function findTakenContexts(
  host: Needs<"env" | "read" | "sys">,
  found: readonly ClusterEntry[],
): readonly (readonly Taken[])[] {
  return found.map(({ owner, edit, place: { path: file } }) => {
    if (owner === undefined) return [];
    const record = readAuthorRecord(host, owner.author);
    return listContextNames(edit.facts).flatMap((name): readonly Taken[] => {
      const other = record.findOwner({ file, name });
      if (other === undefined || !other.isOwn) return [];
      if (isSame(other.identity, owner.identity) || isSame(other.integration, owner.integration)) return [];
      const message = `Context ${name} acted as ${other.identity}, for integration ${other.integration}; ` +
        `it acts as ${owner.identity} now`;
      const back = `atmos aws eks update-kubeconfig --integration ${quotePosix(other.integration)}`;
      const hint = `To have both, give this one a name of its own with --alias. To give the name back: ${back}`;
      return [{ message, hint }];
    });
  });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
