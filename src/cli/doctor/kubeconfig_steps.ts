import { closest } from "../../formats/text/closest.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";
import { findDuplicates, type MergedContext, type MergedFiles } from "../../kube/kubectl/merged_files.ts";
import { type CommandPart, nameCommand, remedy } from "../../remedy.ts";
import { failure, ok, skipped, type Verdict, warning } from "./step.ts";

interface FilesInput {
  /** What kubectl reads. */
  readonly merged: MergedFiles;
  /** The context that is examined, where it was found in another file. */
  readonly unread: MergedContext | undefined;
  /** A command that adds the cluster, where it is known. */
  readonly update: CommandPart | undefined;
}

/** Returns which kubeconfigs kubectl reads, and what is wrong with these files. Permission: read. */
export function checkFiles(host: Needs<"read" | "sys">, { merged, unread, update }: FilesInput): Verdict {
  const [broken] = merged.unreadable;
  if (broken !== undefined) {
    const found = `kubectl cannot read ${broken.path}: ${broken.found}`;
    return failure("kubeconfig-path", found, {
      hint: "Fix the file there; until then kubectl reads none of its files",
    });
  }
  const paths = merged.files.map(({ path }) => path);
  if (unread !== undefined) return unreadFile({ merged, unread });
  if (paths.length === 0) return noFiles(merged, update);
  const open = host.sys.os === "windows" ? undefined : paths.find((path) => isOpen(host, path));
  if (open !== undefined) {
    return warning(`other users of this machine may read or write ${open}`, { fix: `chmod 600 ${quotePosix(open)}` });
  }
  const absent = merged.missing.length === 0 ? "" : ` (missing: ${merged.missing.join(", ")})`;
  return ok(`kubectl reads ${paths.join(", ")}${absent}`);
}

const OTHERS = 0o077;

function isOpen(host: Needs<"read">, path: string): boolean {
  return ((host.read.stat(path)?.mode ?? 0) & OTHERS) !== 0;
}

function unreadFile({ merged, unread }: { readonly merged: MergedFiles; readonly unread: MergedContext }): Verdict {
  const others = [...merged.files.map(({ path }) => path), ...merged.missing];
  const found = `kubectl reads ${others.join(", ") || "no file"}, and context "${unread.name}" is in ${unread.path}`;
  return failure("kubeconfig-path", found, {
    fix: `export KUBECONFIG=${[unread.path, ...merged.files.map(({ path }) => path)].map(quotePosix).join(":")}`,
  });
}

const ADD = remedy`Add a cluster: ${
  nameCommand(
    ...["aws", "eks", "update-kubeconfig", "--name", "CLUSTER", "--region", "REGION", "--kubeconfig", "FILE"],
  )
}`;

function noFiles({ missing }: MergedFiles, update: CommandPart | undefined): Verdict {
  const found = missing.length === 0
    ? "kubectl reads no file: neither KUBECONFIG nor HOME is set"
    : `kubectl reads ${missing.join(", ")}: missing`;
  return failure("kubeconfig-path", found, update === undefined ? { hint: ADD } : { fix: update });
}

interface ContextInput {
  readonly merged: MergedFiles;
  readonly context: MergedContext | undefined;
  /** The name that was looked for; undefined where nothing names a context. */
  readonly name: string | undefined;
  /** The file whose current-context it is; undefined where the command line names it. */
  readonly selectedBy: string | undefined;
  /** A command that writes the entry again, where the cluster is known. */
  readonly update: CommandPart | undefined;
}

/** Returns whether there is a context, and what of it is not what one file says. */
export function checkContext(input: ContextInput): Verdict {
  const { merged, context, name, selectedBy, update } = input;
  if (context === undefined) return missingContext(input);
  const { cluster, clusterName, user, userName } = context;
  if (cluster === undefined) return missingPart(context, { what: `cluster "${clusterName ?? ""}"`, update });
  if (user === undefined) return missingPart(context, { what: `user "${userName ?? ""}"`, update });
  const [twice] = findDuplicates(merged, context);
  if (twice !== undefined) {
    const [first, ...others] = twice.paths;
    const found = `${twice.what} "${twice.name}" is in several files: ${first} counts, ${others.join(", ")} does not`;
    return warning(found, { hint: "Rename one of them, or leave a file out of KUBECONFIG" });
  }
  const by = selectedBy === undefined ? "" : `, the current-context of ${selectedBy}`;
  return ok(`context "${name}" of ${context.path}${by}`);
}

function missingPart(
  context: MergedContext,
  { what, update }: { readonly what: string; readonly update: CommandPart | undefined },
): Verdict {
  const found = `context "${context.name}" of ${context.path} names ${what}, which no file has`;
  return failure("kubeconfig-path", found, { fix: update });
}

/** Also by the name of the cluster, of contexts that are named by its ARN. */
function closestContexts(name: string, names: readonly string[]): readonly string[] {
  const byCluster = new Map(names.map((one) => [one.replace(/^arn:.*:cluster\//, ""), one]));
  return [...new Set(closest(name, [...names, ...byCluster.keys()]).map((one) => byCluster.get(one) ?? one))];
}

function missingContext({ merged, name, selectedBy, update }: ContextInput): Verdict {
  if (merged.files.length === 0) return skipped("kubectl reads no file");
  if (update !== undefined) {
    return failure("kubeconfig-path", "no kubeconfig has an entry of the cluster", { fix: update });
  }
  const names = merged.files.flatMap(({ config }) => [...config.contexts.entries.keys()]);
  if (names.length === 0) return skipped("no kubeconfig has a context");
  const near = name === undefined ? names : closestContexts(name, names);
  const fix = near.length === 1 ? `kubectl config use-context ${quotePosix(near[0]!)}` : undefined;
  const hint = `Available: ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;
  if (name === undefined) {
    return failure("kubeconfig-path", "no file selects a context (current-context)", { fix, hint });
  }
  if (selectedBy === undefined) {
    const meant = near.length === 0 ? "" : `Did you mean "${near[0]}"? `;
    const found = `there is no context and no EKS integration "${name}"`;
    return failure("usage", found, { hint: `${meant}${hint}` });
  }
  return failure("kubeconfig-path", `current-context "${name}" of ${selectedBy} is in no file`, { fix, hint });
}
