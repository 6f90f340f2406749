import { quotePosixVisibly } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";
import { type HiddenEntry, type KubectlView, viewRemovalAsKubectl } from "../../kube/kubectl/kubectl_view.ts";
import { listShadowed } from "../../kube/kubectl/names_elsewhere.ts";
import { printable } from "../output/text.ts";

/** What kubectl makes of contexts that were written, as data. */
export interface KubectlReport {
  /** Whether kubectl uses them as they were written, and the one that was to be selected. */
  readonly effective: boolean;
  /** The context that kubectl uses without a flag. */
  readonly context: string | null;
  /** Why they are not effective. */
  readonly reasons: readonly string[];
  /** What makes them so; null where nothing is to be done. */
  readonly command: string | null;
}

interface KubectlReportInput {
  readonly view: KubectlView;
  /** Of the kubeconfig. */
  readonly path: string;
  readonly contexts: readonly string[];
  /** Whether one of them was to be selected, be it only in a file that selects none. */
  readonly mayBeSelected: boolean;
  /** What makes kubectl look into the file. */
  readonly lookCommand: string;
}

/** What kubectl uses once contexts have been written, and the command that makes them effective where it takes others. */
export function reportForKubectl(input: KubectlReportInput): KubectlReport {
  const { view, path, contexts, lookCommand } = input;
  const context = view.unreadable.length > 0 ? null : view.current?.name ?? null;
  if (!view.isRead) {
    return { effective: false, context, reasons: [`kubectl does not read ${path}`], command: lookCommand };
  }
  const hidden = view.hidden.filter((one) => contexts.includes(one.context));
  const selected = selectedElsewhere(input);
  const reasons = [
    ...brokenReasons(view),
    ...renderHiddenReasons(hidden, path),
    ...selected === undefined ? [] : [`kubectl stays on context ${view.current!.name} of ${view.current!.path}`],
  ];
  if (reasons.length === 0) return { effective: true, context, reasons, command: null };
  const isAlone = hidden.length > 0 || view.unreadable.length > 0 || view.isSealed;
  const name = selected ?? hidden[0]?.context ?? contexts[0]!;
  const command = isAlone
    ? `kubectl --kubeconfig=${quotePosixVisibly(path)} --context=${quotePosixVisibly(name)}`
    : `kubectl config use-context ${name.startsWith("-") ? "-- " : ""}${quotePosixVisibly(name)}`;
  return { effective: false, context, reasons, command };
}

function brokenReasons({ unreadable }: Pick<KubectlView, "unreadable">): readonly string[] {
  return unreadable.map(({ path, found }) =>
    `kubectl reads none of its files while one is broken, as ${path} seems to be: ${found}`
  );
}

/** The context that the file selects, where it was to and kubectl uses another one. */
function selectedElsewhere({ view, contexts, mayBeSelected }: KubectlReportInput): string | undefined {
  const { ownContext, current } = view;
  if (!mayBeSelected || ownContext === undefined || !contexts.includes(ownContext)) return undefined;
  return current?.name === ownContext ? undefined : ownContext;
}

const SHOWN = 3;

/** One for each file that kubectl takes something from. */
function renderHiddenReasons(hidden: readonly HiddenEntry[], path: string): readonly string[] {
  return [...Map.groupBy(hidden, (one) => one.path)].map(([from, entries]) => {
    const names = [...new Set(entries.map(({ what, name }) => `${what} ${name}`))];
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
    return `kubectl takes ${names.slice(0, SHOWN).join(", ")}${more} from ${from}, not from ${path}`;
  });
}

interface WarningsInput extends KubectlReportInput {
  /** How a context gets another name. */
  readonly renameHint: string;
}

/** A warning for each reason with the command that helps; nothing where kubectl uses what was written. */
export function kubectlWarnings(input: WarningsInput): readonly string[] {
  const { view, renameHint } = input;
  const { reasons, command } = reportForKubectl(input);
  if (command === null) return [];
  const isNameTaken = view.hidden.some(({ what }) => what === "context");
  return [
    ...reasons.map((reason) => `Warning: ${printable(reason)}`),
    `Hint: Use what was written: ${printable(command)}`,
    ...(isNameTaken ? [`Hint: Or give it another name: ${renameHint}`] : []),
  ];
}

/**
 * Returns a warning for each context, and cluster or user of one, that hides another one of another file, wherever kubectl is given the
 * kubeconfig before that file, as `auth env`, `exec` and `shell` do. Permissions: env, read, sys.
 */
export function shadowWarnings(
  host: Needs<"env" | "read" | "sys">,
  { path, contexts, except }: {
    readonly path: string;
    readonly contexts: readonly string[];
    /** Contexts, or other files, of which there is something else to say. */
    readonly except: readonly string[];
  },
): readonly string[] {
  return listShadowed(host, { path, contexts })
    .filter((one) => !except.includes(one.name) && !except.includes(one.path))
    .map(({ what, name, path: other }) => {
      const hidden = `${what} ${name} of ${other} is hidden by the one in ${path} in auth env, exec and shell`;
      return `Warning: ${printable(`${hidden}; ${TO_HAVE_BOTH[what]}`)}`;
    });
}

const TO_HAVE_BOTH = {
  context: "to have both, change the alias of the integration",
  user: "to have both, change the user_alias of the integration",
  cluster: "remove the one that is out of date",
} as const;

/**
 * Returns warnings for files that kubectl cannot read, for removed contexts that it has all the same, and for a current
 * one that is gone. Permissions: env, read, sys.
 */
export function removalWarnings(host: Needs<"env" | "read" | "sys">, removed: readonly string[]): readonly string[] {
  const view = viewRemovalAsKubectl(host, removed);
  const { left, missing } = view;
  return [
    ...brokenReasons(view).map((reason) => `Warning: ${printable(reason)}`),
    ...left.map(({ name, path }) => `Warning: ${printable(`kubectl still has a context ${name}, of ${path}`)}`),
    ...(missing === undefined ? [] : [
      `Warning: ${printable(`kubectl's current context ${missing.name}, which ${missing.path} selects, is gone`)}`,
      "Hint: Select another one: kubectl config use-context NAME",
    ]),
  ];
}
