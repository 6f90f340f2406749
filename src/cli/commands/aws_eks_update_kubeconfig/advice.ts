import { isRegularFile } from "../../../config/files/file_checks.ts";
import { quotePosixVisibly } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import { pathListSeparator } from "../../../store/paths.ts";
import type { Updated } from "../../../store/replace.ts";
import { isSeenByKubectl } from "../../project/kubectl_reads.ts";
import { isOnPath } from "../../project/executable_on_path.ts";
import { printable } from "../../output/text.ts";

export interface AdviceInput {
  /** Those of one file. */
  readonly entries: readonly ClusterEntry[];
  /** undefined when nothing was written. */
  readonly written: Updated | undefined;
}

type AdviceHost = Needs<"env" | "read" | "sys">;

/** Prints what the user should know so that kubectl works, a line each. */
export function printAdvice(host: AdviceHost & Needs<"terminal">, { entries, written }: AdviceInput): void {
  const { path } = entries[0]!.place;
  const usesAws = entries.some(({ edit }) => edit.facts.exec.command === "aws");
  const lines = [
    ...(written === undefined ? [] : writtenLines(host, { path, written })),
    ...(usesAws ? pluginLines(host) : []),
  ];
  for (const line of lines) host.terminal.err(`${printable(line)}\n`);
}

function writtenLines(host: AdviceHost, { path, written }: { path: string; written: Updated }): string[] {
  const lines: string[] = [];
  if (written.backup !== undefined) lines.push(`The old file is kept as ${written.backup}`);
  if (written.inPlace && written.changed) {
    lines.push("The file could not be replaced as a whole; it was written in place.");
  }
  if (written.brokeHardLink) lines.push("The file had other names (hard links); they keep the old content.");
  if (!isSeenByKubectl(host, path)) {
    lines.push(`kubectl does not look there yet: ${remedy(host, path)}`);
  }
  return lines;
}

/** KUBECONFIG is a list, and a path with its separator in it would be two. */
function remedy(host: AdviceHost, path: string): string {
  const isOne = !path.includes(pathListSeparator(host));
  return isOne ? exportLine(host, path) : `kubectl --kubeconfig ${quotePosixVisibly(path)}`;
}

/** Keeps what kubectl reads today: our file comes first, the others after it. */
function exportLine(host: AdviceHost, path: string): string {
  const others = kubectlFiles(host).filter((file) => isRegularFile(host, file));
  return `export KUBECONFIG=${quotePosixVisibly([path, ...others].join(pathListSeparator(host)))}`;
}

function pluginLines(host: AdviceHost): string[] {
  const names = host.sys.os === "windows" ? ["aws.exe", "aws.cmd"] : ["aws"];
  return isOnPath(host, ...names)
    ? []
    : ["kubectl will run aws for a token, and aws is not on PATH: install it, or use --exec-command atmos"];
}
