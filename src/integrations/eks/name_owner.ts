import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";
import { listContextNames } from "../../kube/kubeconfig/entry.ts";
import { type AuthorRecord, readAuthorRecord } from "./author_record.ts";
import type { ClusterEntry } from "./cluster_entry.ts";
import { isByFlags } from "./context_record.ts";
import { type Remedy, remedy } from "../../remedy.ts";

/** Returns the error, with whose context was in the way and the ways out where the record knows that. */
export function nameOwner(
  record: AuthorRecord,
  { error, entry }: { readonly error: AppError; readonly entry: ClusterEntry },
): AppError {
  const { owner: own, place } = entry;
  const { context, replaced, file: other } = error.facts;
  const file = typeof other === "string" ? other : place.path;
  const name = context ?? replaced;
  const found = typeof name === "string" ? record.findOwner({ file, name }) : undefined;
  if (found === undefined) return error;
  const { integration, configLocation: at, isOwn } = found;
  const whose = isByFlags(found) ? "by flags of update-kubeconfig" : at && `for ${at}`;
  const { hint = "" } = error;
  if (isOwn && other !== undefined) return error;
  if (isOwn) {
    const isSame = own === undefined || found.identity === "" ||
      integration.toLowerCase() === own.integration.toLowerCase();
    const isShared = record.foreignIn(file).some((one) => one.name === name);
    if (isSame && isShared) return error.with({ hint: remedy`It belongs to others as well. ${hint}`, cause: error });
    return isSame ? error : error.with({ hint: writeBoth(own.integration, integration), cause: error });
  }
  const message = whose === undefined ? error.message : `${error.message}, and was written ${whose}`;
  const ways = context === undefined ? hint : remedy`${hint}. ${giveUp({ file, name: String(name) })}`;
  return error.with({ message, hint: ways, cause: error });
}

function writeBoth(integration: string, other: string): Remedy {
  return [
    `It was written for integration "${other}". If that has another alias now, write both: `,
    { kind: "write-entry", integrations: [integration, other] },
  ];
}

/** Nothing in a configuration can say that another one's context is its own; the user can. */
function giveUp({ file, name }: { readonly file: string; readonly name: string }): string {
  const command = `kubectl config delete-context ${quotePosix(name)} --kubeconfig ${quotePosix(file)}`;
  return `To give the name away, and then run this again: ${command}`;
}

interface Taken {
  readonly message: string;
  readonly hint: Remedy;
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
      if (other === undefined || !other.isOwn || other.identity === "") return [];
      if (isSame(other.identity, owner.identity) || isSame(other.integration, owner.integration)) return [];
      const message = `Context ${name} acted as ${other.identity}, for integration ${other.integration}; ` +
        `it acts as ${owner.identity} now`;
      const hint: Remedy = [
        "To have both, give this one its own name with ",
        { kind: "setting", setting: "alias", isBare: true },
        ". To give the name back: ",
        { kind: "write-entry", integrations: [other.integration] },
      ];
      return [{ message, hint }];
    });
  });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
