import { type KubectlFiles, orderKubeconfigs } from "../../auth/environment/environment.ts";
import type { Chain } from "../../auth/model/chain.ts";
import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { findCurrentContext } from "../../kube/kubectl/current_context.ts";
import { mergeContext, mergeFiles } from "../../kube/kubectl/merged_files.ts";
import { selectorRoot } from "../../kube/kubectl/selector.ts";
import { endedSelector, findEndedSelector, openSelector, sweepSelectors } from "../../kube/kubectl/selector_files.ts";
import { findStoredSelector, storeSelector } from "../../kube/kubectl/stored_selector.ts";
import { refuseSharedKubeconfig } from "../../kube/kubeconfig/locate.ts";
import { explainFileError, RefusedFile } from "../../store/explain_file_error.ts";
import { pathListSeparator, resolve } from "../../store/paths.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { Globals } from "../args/global_flags.ts";
import { warns } from "../output/report.ts";
import { printable } from "../output/text.ts";
import { inheritedSelectors, placeKubeconfigs } from "./inherited_kubeconfigs.ts";
import { shadowWarnings } from "./kubectl_report.ts";
import type { SelectedContext } from "./select_context.ts";

type KubectlHost = StoreHost & Needs<"env" | "terminal">;

interface KubectlInput {
  readonly selected: SelectedContext;
  readonly chain: Chain;
  readonly globals: Globals;
}

/** Kubeconfigs that last as long as the program that they are for. */
interface OpenKubectlFiles {
  readonly files: KubectlFiles;
  /** Removes what was made for the program. */
  close(): void;
}

/** Returns the kubeconfigs of a program that is started now; the selectors of killed processes go first. Throws nothing. */
export async function openKubectlFiles(host: KubectlHost, input: KubectlInput): Promise<OpenKubectlFiles> {
  sweep(host, input.globals);
  let close: () => string | undefined = () => undefined;
  const files = await filesWith(host, {
    ...input,
    make: (wanted) => {
      const opened = openSelector(host, wanted);
      close = opened.close;
      return opened.path;
    },
  });
  return { files, close: () => reportAdded(host, { kept: [close() ?? []].flat(), globals: input.globals }) };
}

function sweep(host: KubectlHost, globals: Globals): void {
  const root = selectorRoot(host);
  if (root !== undefined) reportAdded(host, { kept: sweepSelectors(host, root), globals });
}

/** Returns the kubeconfigs of a shell that evaluates variables; its selector stays. Throws nothing. */
export async function storeKubectlFiles(host: KubectlHost, input: KubectlInput): Promise<KubectlFiles> {
  sweep(host, input.globals);
  return await filesWith(host, { ...input, make: (wanted) => storeSelector(host, wanted) });
}

/** Returns what {@link storeKubectlFiles} would return, and writes nothing. Permissions: env, read, sys. */
export async function previewKubectlFiles(
  host: Needs<"env" | "read" | "sys" | "clock">,
  { selected, chain }: Omit<KubectlInput, "globals">,
): Promise<KubectlFiles> {
  const { current, directory } = selected;
  const files = placeFiles(host, { selected, chain });
  const root = selectorRoot(host);
  if (current === undefined || directory === undefined || root === undefined) return files;
  const context = nameContext(host, { selected, files });
  const stored = await findStoredSelector(host, { directory, context });
  return { ...files, selectors: [stored, findEndedSelector(root)] };
}

async function filesWith(
  host: KubectlHost,
  { selected, chain, globals, make }: KubectlInput & {
    readonly make: (wanted: Parameters<typeof openSelector>[1]) => string | Promise<string>;
  },
): Promise<KubectlFiles> {
  const { linked: { kubeconfigs }, current, directory } = selected;
  const files = placeFiles(host, { selected, chain });
  const shared = findShared(host, kubeconfigs);
  if (shared !== undefined) return withNothing(host, { files, globals, found: shared, hint: SHARED });
  warnOfShadowed(host, { selected, globals });
  if (current === undefined) return files;
  const root = selectorRoot(host);
  if (root?.includes(pathListSeparator(host))) {
    const found = `KUBECONFIG cannot name a file in ${root}`;
    return withoutSelector(host, { files, selected, globals, found });
  }
  if (root === undefined || directory === undefined) {
    return withoutSelector(host, { files, selected, globals, found: NO_HOME });
  }
  try {
    const { path: ended, kept } = await endedSelector(host, root);
    reportAdded(host, { kept, globals });
    const file = selected.isChosen ? kubeconfigs[0] : undefined;
    const context = nameContext(host, { selected, files });
    return { ...files, selectors: [await make({ directory, context, file }), ended] };
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
    const found = isFileError(error) ? explainFileError(error, directory) : error.message;
    return withoutSelector(host, { files, selected, globals, found });
  }
}

/** What no context is called, where there is to be none: one of that name in a file that follows would be taken. */
function nameContext(
  host: Needs<"read">,
  { selected: { current = "", isChosen }, files }: {
    readonly selected: Pick<SelectedContext, "current" | "isChosen">;
    readonly files: KubectlFiles;
  },
): string {
  if (isChosen) return current;
  const paths = orderKubeconfigs(files).map((path) => resolve(host.read.cwd(), path));
  const merged = mergeFiles(host, paths);
  let name = current;
  for (let number = 2; mergeContext(merged, name) !== undefined; number++) name = `${current} (${number})`;
  return name;
}

/** Of each file that is put before the user's own. */
function warnOfShadowed(
  host: Needs<"env" | "read" | "sys" | "terminal">,
  { selected: { linked: { kubeconfigs }, contexts }, globals }: Pick<KubectlInput, "selected" | "globals">,
): void {
  if (!warns(globals) || contexts.length === 0) return;
  for (const path of kubeconfigs) {
    const warnings = shadowWarnings(host, { path, contexts, except: kubeconfigs });
    warnings.forEach((line) => host.terminal.err(`${line}\n`));
  }
}

const NO_HOME = "HOME is not set";

function placeFiles(
  host: Needs<"env" | "read" | "sys">,
  { selected: { linked: { kubeconfigs }, contexts }, chain }: Pick<KubectlInput, "selected" | "chain">,
): KubectlFiles {
  const placed = placeKubeconfigs(host, { kubeconfigs, contexts, chain });
  return { selectors: [], ...placed, isNested: inheritedSelectors(host).length > 0 };
}

interface WithoutInput extends Pick<KubectlInput, "selected" | "globals"> {
  readonly files: KubectlFiles;
  /** Why there is no selector. */
  readonly found: string;
}

/** Where there is nothing to select from, or it is current already, none is needed. Else kubectl is to find no cluster. */
function withoutSelector(
  host: Needs<"read" | "sys" | "terminal">,
  { files, selected: { current, isChosen, linked }, globals, found }: WithoutInput,
): KubectlFiles {
  const all = orderKubeconfigs(files).map((path) => resolve(host.read.cwd(), path));
  if (all.length === 0) return files;
  const now = findCurrentContext(host, all);
  const isCurrent = now !== undefined && "name" in now && now.name === current;
  if (isChosen && isCurrent && now.found?.file === linked.kubeconfigs[0]) return files;
  return withNothing(host, { files, globals, found, hint: "Set XDG_STATE_HOME to a directory that can be written" });
}

const SHARED = "Set XDG_CONFIG_HOME to a directory of your own";

/** Why one of them may be another user's by the time that kubectl reads it. */
function findShared(host: Needs<"env" | "read" | "sys">, kubeconfigs: readonly string[]): string | undefined {
  try {
    for (const path of kubeconfigs) refuseSharedKubeconfig(host, path);
    return undefined;
  } catch (error) {
    if (error instanceof RefusedFile) return error.found;
    // What cannot be looked at is not there for kubectl either.
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function withNothing(
  host: Needs<"sys" | "terminal">,
  { files, globals, found, hint }: Omit<WithoutInput, "selected"> & { readonly hint: string },
): KubectlFiles {
  if (warns(globals)) {
    host.terminal.err(`Warning: Cannot select a kubectl context: ${printable(found)}\nHint: ${hint}\n`);
  }
  const nothing = host.sys.os === "windows" ? "NUL" : "/dev/null";
  return { ...files, selectors: [nothing], kubeconfigs: [], behind: [], inherited: [] };
}

/** Says where entries are that programs have added to what was theirs for a while. */
export function reportAdded(
  host: Needs<"terminal">,
  { kept, globals }: { readonly kept: readonly string[]; readonly globals: Globals },
): void {
  if (!warns(globals)) return;
  for (const path of kept) {
    host.terminal.err(`Note: entries that programs added to KUBECONFIG are kept in ${printable(path)}\n`);
  }
}
