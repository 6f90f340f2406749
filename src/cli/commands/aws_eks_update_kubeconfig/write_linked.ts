import { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { writeEks } from "../../../integrations/eks/eks_write.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { adviceLines } from "./advice.ts";
import { type DataInput, keptText, outcomeText } from "./outcome.ts";

type Results = readonly (DataInput | AppError)[];

/** Writes entries, those of one file at once, and says what became of them; gives the result of each, in order. */
export async function writeLinked(host: LoginCommandHost, found: readonly ClusterEntry[]): Promise<Results> {
  const results = new Map<ClusterEntry, DataInput | AppError>();
  for (const group of Map.groupBy(found, ({ place }) => place.path).values()) {
    const written = await writeGroup(host, group);
    group.forEach((one, at) => results.set(one, written[at]!));
  }
  return found.map((one) => results.get(one)!);
}

async function writeGroup(host: LoginCommandHost, group: readonly ClusterEntry[]): Promise<Results> {
  const saved = await writeEks(host, group).catch(failure);
  if (saved instanceof AppError) return group.map(() => saved);
  const { outcomes, written } = saved;
  const results = outcomes.map((one) => one instanceof AppError ? one : { ...one, path: written.path, dryRun: false });
  const ready = results.filter((one): one is DataInput => !(one instanceof AppError));
  for (const one of ready) host.terminal.err(`${outcomeText(one)}\n${keptText(one)}`);
  if (ready.length === 0) return results;
  const usesAws = group.some(({ edit }) => edit.facts.exec.command === "aws");
  for (const line of adviceLines(host, { path: group[0]!.place.path, usesAws, written })) {
    host.terminal.err(`${printable(line)}\n`);
  }
  return results;
}

function failure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
