import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { AuthorRecord } from "./author_record.ts";
import type { ClusterEntry } from "./cluster_entry.ts";

/** Returns the error, with whose context was in the way and the ways out where the record knows that. */
export function nameOwner(
  record: AuthorRecord,
  { error, entry }: { readonly error: AppError; readonly entry: ClusterEntry },
): AppError {
  const { owner: own, place: { path: file } } = entry;
  const name = error.facts["context"];
  if (own === undefined || typeof name !== "string") return error;
  const found = record.findRecord({ file, name });
  if (found === undefined) return error;
  const isOwn = found.configLocation === own.author.location;
  if (isOwn && found.integration.toLowerCase() === own.integration.toLowerCase()) return error;
  if (isOwn) return rephrase(error, { hint: writeBoth(own.integration, found.integration) });
  const { configLocation: at } = found;
  const message = at === undefined ? error.message : `${error.message}, and was written for ${at}`;
  return rephrase(error, { message, hint: `${error.hint ?? ""} ${giveUp({ file, name })}`.trim() });
}

function rephrase(error: AppError, { message = error.message, hint }: { message?: string; hint: string }): AppError {
  return new AppError(error.code, message, { hint, facts: error.facts, cause: error });
}

function writeBoth(integration: string, other: string): string {
  const both = [integration, other].map((one) => `--integration ${quotePosix(one)}`).join(" ");
  return `It was written for integration "${other}". If that has another alias now, write both: ` +
    `atmos aws eks update-kubeconfig ${both}`;
}

/** Nothing in a configuration can say that another one's context is its own; the user can. */
function giveUp({ file, name }: { readonly file: string; readonly name: string }): string {
  const command = `kubectl config delete-context ${quotePosix(name)} --kubeconfig ${quotePosix(file)}`;
  return `To give the name away, and then run this again: ${command}`;
}
