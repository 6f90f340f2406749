import { isRegularFile } from "../../../config/files/file_checks.ts";
import { quotePosixVisibly } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import { isReadByKubectl, kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import { pathListSeparator } from "../../../store/paths.ts";
import type { Updated } from "../../../store/replace.ts";
import { isOnPath } from "../../project/executable_on_path.ts";
import { printable } from "../../output/text.ts";
import type { EntryResult } from "./outcome.ts";

export interface AdviceInput {
  /** Of the file, as it was asked for. */
  readonly path: string;
  readonly results: readonly EntryResult[];
  /** undefined when nothing was written. */
  readonly written: Updated | undefined;
  /** Files that kubectl cannot read. */
  readonly unreadable: readonly string[];
}

type AdviceHost = Needs<"env" | "read" | "sys">;

/** Prints what the user should know so that kubectl works, a line each. */
export function printAdvice(host: AdviceHost & Needs<"terminal">, input: AdviceInput): void {
  const { path, results, written, unreadable } = input;
  const usesAws = results.some(({ entry }) => entry.facts.exec.command === "aws");
  const lines = [
    ...(written === undefined ? [] : renderWritten(host, { path, written, unreadable })),
    ...(usesAws ? pluginLines(host) : []),
  ];
  for (const line of lines) host.terminal.err(`${printable(line)}\n`);
}

function renderWritten(
  host: AdviceHost,
  { path, written, unreadable }: LookInput & { readonly written: Updated },
): string[] {
  const lines: string[] = [];
  if (written.backup !== undefined) lines.push(`The old file is kept as ${written.backup}`);
  if (written.inPlace && written.changed) {
    lines.push("The file could not be replaced atomically; it was written in place.");
  }
  if (written.brokeHardLink) lines.push("The file had other names (hard links); they keep the old content.");
  if (!isReadByKubectl(host, path)) {
    lines.push(`kubectl does not read it yet: ${lookCommand(host, { path, unreadable })}`);
  }
  return lines;
}

interface LookInput extends Pick<AdviceInput, "unreadable"> {
  /** Of the kubeconfig. */
  readonly path: string;
}

/** The command that makes kubectl look into a file. KUBECONFIG is a list, and a path with its separator would be two. */
export function lookCommand(host: AdviceHost, input: LookInput): string {
  const isOne = !input.path.includes(pathListSeparator(host));
  return isOne ? exportLine(host, input) : `kubectl --kubeconfig ${quotePosixVisibly(input.path)}`;
}

/** Keeps what kubectl reads today: our file comes first, after it the others that it can read. */
function exportLine(host: AdviceHost, { path, unreadable }: LookInput): string {
  const others = kubectlFiles(host).filter((file) => isRegularFile(host, file) && !unreadable.includes(file));
  return `export KUBECONFIG=${quotePosixVisibly([path, ...others].join(pathListSeparator(host)))}`;
}

function pluginLines(host: AdviceHost): string[] {
  const names = host.sys.os === "windows" ? ["aws.exe", "aws.cmd"] : ["aws"];
  return isOnPath(host, ...names)
    ? []
    : ["kubectl will run aws for a token, and aws is not on PATH: install it, or use --exec-command atmos"];
}
