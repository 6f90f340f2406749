import type { Needs } from "../../../host/host.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import type { Updated } from "../../../store/replace.ts";
import { isSeenByKubectl } from "../../project/kubectl_reads.ts";
import { isFile, isOnPath } from "../../project/executable_on_path.ts";
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
  return path.includes(separatorOf(host)) ? `kubectl --kubeconfig ${shellQuoted(path)}` : exportLine(host, path);
}

function separatorOf(host: Needs<"sys">): string {
  return host.sys.os === "windows" ? ";" : ":";
}

/** Keeps what kubectl reads today: our file comes first, the others after it. */
function exportLine(host: AdviceHost, path: string): string {
  const separator = separatorOf(host);
  const others = kubectlFiles(host).filter((file) => isFile(host, file));
  return `export KUBECONFIG=${shellQuoted([path, ...others].join(separator))}`;
}

function shellQuoted(text: string): string {
  // Only this form shows a line break as something that can be typed.
  if (/\p{Cc}/u.test(text)) return `$${quotedAnsi(text)}`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

function quotedAnsi(text: string): string {
  const escaped = text.replace(
    /[\\'\p{Cc}]/gu,
    (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `'${escaped}'`;
}

function pluginLines(host: AdviceHost): string[] {
  const names = host.sys.os === "windows" ? ["aws.exe", "aws.cmd"] : ["aws"];
  return isOnPath(host, ...names)
    ? []
    : ["kubectl will run aws for a token, and aws is not on PATH: install it, or use --exec-command atmos"];
}
