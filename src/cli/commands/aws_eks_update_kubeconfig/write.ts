import { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { LogoutWatch } from "../../login/watch_logouts.ts";
import { renderWarning } from "../../output/report.ts";
import { printAdvice } from "./advice.ts";
import { type EntryResult, forEachFile, outcomeText, renderKeptNote, type Results } from "./outcome.ts";
import { catchAppError } from "./result_row.ts";

interface WriteInput {
  readonly entries: readonly ClusterEntry[];
  /** undefined for credentials of the environment, which no logout ends. */
  readonly logouts: LogoutWatch | undefined;
}

/** The result of each entry, in order; those of one file are written at once, and every one that is written is printed. */
export async function writeEntries(host: LoginCommandHost, { entries, logouts }: WriteInput): Promise<Results> {
  if (logouts === undefined) return await forEachFile(entries, (group) => writeFile(host, group));
  return await forEachFile(entries, (group) => writeAllowed(host, { entries: group, logouts }));
}

/** Whom a logout ends while the file is waited for is told so, and the rest is written. */
async function writeAllowed(
  host: LoginCommandHost,
  { entries, logouts }: Pick<WriteInput, "entries"> & { readonly logouts: LogoutWatch },
): Promise<Results> {
  const { cutWaits, Refused } = await import("../../../integrations/concurrency.ts");
  for (;;) {
    const refusals = logouts.findRefusals(entries);
    const allowed = entries.filter((_, at) => refusals[at] === undefined);
    const refuse = () => {
      if (logouts.findRefusals(allowed).some((one) => one !== undefined)) throw new Refused();
    };
    try {
      const cut = cutWaits(host, { signal: undefined, refuse });
      const written = (allowed.length === 0 ? [] : await writeFile(cut, allowed)).values();
      return refusals.map((refusal) => refusal ?? written.next().value!);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}

async function writeFile(host: LoginCommandHost, group: readonly ClusterEntry[]): Promise<Results> {
  const { writeEks } = await import("../../../integrations/eks/eks_write.ts");
  const { findTakenContexts } = await import("../../../integrations/eks/name_owner.ts");
  const { inspectForKubectl } = await import("./inspect_for_kubectl.ts");
  const taken = findTakenContexts(host, group);
  const saved = await catchAppError(() => writeEks(host, group));
  if (saved instanceof AppError) return group.map(() => saved);
  const { outcomes, path, written } = saved;
  for (const warning of saved.warnings) host.terminal.err(renderWarning(host, warning));
  const { reports, warnings, unreadable } = inspectForKubectl(host, { group, outcomes, path, text: undefined });
  const results = outcomes.map((one, at): EntryResult | AppError =>
    one instanceof AppError ? one : { ...one, path, backup: written?.backup, kubectl: reports[at], dryRun: false }
  );
  const added = results.filter((one): one is EntryResult => !(one instanceof AppError));
  if (added.length === 0) return results;
  for (const one of added) host.terminal.err(`${outcomeText(one)}\n${renderKeptNote(one)}`);
  printAdvice(host, { path: group[0]!.place.path, results: added, written, unreadable });
  for (const line of warnings) host.terminal.err(`${line}\n`);
  for (const warning of taken.flatMap((all, at) => outcomes[at] instanceof AppError ? [] : all)) {
    host.terminal.err(renderWarning(host, warning));
  }
  return results;
}
