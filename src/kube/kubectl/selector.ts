import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { findValue, resolved } from "../../formats/yaml/node.ts";
import { quote, yamlString } from "../../formats/yaml/scalar.ts";
import { getText } from "../../formats/yaml/value.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { join, stateHome } from "../../store/paths.ts";
import { type Kubeconfig, parseKubeconfig, type SectionName, SECTIONS } from "../kubeconfig/kubeconfig.ts";

/**
 * A selector is a kubeconfig that has a current-context and nothing else. It stands first in KUBECONFIG, and kubectl
 * takes the current-context of the first file that has one.
 */
interface Selector {
  readonly context: string | undefined;
  /** Whether a program has added clusters, contexts or users to it. */
  readonly hasEntries: boolean;
  /** The kubeconfig whose context it selects; undefined where it selects none, and in those of earlier versions. */
  readonly file: string | undefined;
  /** The shell that it was made for; undefined where that is none of ours to know. */
  readonly shell: Shell | undefined;
  /** Whether it has a copy of that context, which leads elsewhere in the file by now. */
  readonly isPinned: boolean;
}

export interface Shell {
  /** Of its process. */
  readonly pid: number;
  /** Where that number is its own: containers share directories. undefined in selectors of earlier versions. */
  readonly machine: string | undefined;
}

/** A context with its cluster and user, each an item of its list as YAML. */
export type CopiedEntries = Readonly<Record<SectionName, readonly string[]>>;

/** What a selector says beside the name of the context; kubectl keeps it when it writes the file. */
interface Origin {
  readonly file: string | undefined;
  readonly shell?: Shell | undefined;
  /** The context that {@link CopiedEntries} are of. */
  readonly pinned?: string | undefined;
}

const FOLDER = /[\\/]atmos[\\/]kube[\\/]selectors[\\/]/;

/** Returns whether a path, or one of a list, is that of a selector, whatever the directory for state is by now. */
export function isSelector(path: string): boolean {
  return FOLDER.test(path);
}

/** Returns the directory of all selectors; undefined without HOME. Permission: env. */
export function selectorRoot(host: Needs<"env">): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, "atmos/kube/selectors");
}

/** Returns the directory of one identity's selectors. Upper and lower case are the same in its name. */
export function selectorDirectory(root: string, { realm, identity }: { realm: string; identity: string }): string {
  const name = encodeURIComponent(identity.toLowerCase()).replace(
    /[.*'()!]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  return join(root, realm, name);
}

const NO_ENTRIES: CopiedEntries = { clusters: [], contexts: [], users: [] };
const EXTENSION = "atmos";

/** Returns the text of a selector: in lines, for readers that are no parsers; with every list, which others want. */
export function selectorText(context: string, { file, shell, pinned }: Origin, entries = NO_ENTRIES): string {
  const lists = SECTIONS.map((name) => `${name}: [${entries[name].join(", ")}]\n`).join("");
  const made = shell && (shell.machine === undefined ? String(shell.pid) : `${shell.pid}@${shell.machine}`);
  const says = Object.entries({ file, shell: made, pinned }).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}: ${quote(value)}`
  );
  const origin = says.length === 0 ? "" : `extensions: [{name: ${EXTENSION}, extension: {${says.join(", ")}}}]\n`;
  return `apiVersion: v1\nkind: Config\ncurrent-context: ${yamlString(context)}\n${lists}${origin}`;
}

/** Returns what a selector holds by now; undefined where there is none that can be read. Permission: read. */
export function readSelector(host: Needs<"read">, path: string): Selector | undefined {
  const bytes = unlessFileError(() => host.read.bytes(path));
  return bytes === undefined ? undefined : parseSelector(bytes);
}

/** Returns what the bytes of a selector hold; undefined where they are none. */
export function parseSelector(bytes: Uint8Array): Selector | undefined {
  try {
    const config = parseKubeconfig(lenientUtf8(bytes));
    const { file, shell, pinned } = readOrigin(config);
    const copied = pinned === undefined ? [] : [pinned, ...joinedNames(config, pinned)];
    const hasEntries = SECTIONS.some((name) => [...config[name].entries.keys()].some((one) => !copied.includes(one)));
    return { context: config.currentContext, hasEntries, file, shell, isPinned: pinned !== undefined };
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function readOrigin({ text: { root } }: Kubeconfig): Origin {
  const extensions = findValue(root, "extensions")?.items.map(resolved) ?? [];
  const own = extensions.find((one) => getText(findValue(one, "name")) === EXTENSION);
  const keys = ["file", "shell", "pinned"];
  const [file, shell, pinned] = keys.map((key) => getText(findValue(findValue(own, "extension"), key)));
  return { file, shell: parseShell(shell), pinned };
}

function parseShell(text = ""): Shell | undefined {
  const [, pid, machine] = /^(\d+)(?:@(.+))?$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), machine };
}

function joinedNames({ contexts }: Kubeconfig, context: string): readonly string[] {
  const payload = contexts.entries.get(context)?.payload;
  return ["cluster", "user"].flatMap((key) => getText(findValue(payload, key)) ?? []);
}
