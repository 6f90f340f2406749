import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { yamlString } from "../../formats/yaml/scalar.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { join, stateHome } from "../../store/paths.ts";
import { parseKubeconfig, SECTIONS } from "../kubeconfig/kubeconfig.ts";

/**
 * A selector is a kubeconfig that has a current-context and nothing else. It stands first in KUBECONFIG, and kubectl
 * takes the current-context of the first file that has one.
 */
interface Selector {
  readonly context: string | undefined;
  /** Whether a program has added clusters, contexts or users to it. */
  readonly hasEntries: boolean;
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

/** Returns the text of a selector: in lines, for readers that are no parsers; with every list, which others want. */
export function selectorText(context: string): string {
  return `apiVersion: v1\nkind: Config\ncurrent-context: ${
    yamlString(context)
  }\nclusters: []\ncontexts: []\nusers: []\n`;
}

/** Returns what a selector holds by now; undefined where there is none that can be read. Permission: read. */
export function readSelector(host: Needs<"read">, path: string): Selector | undefined {
  try {
    const config = parseKubeconfig(lenientUtf8(host.read.bytes(path)));
    return { context: config.currentContext, hasEntries: SECTIONS.some((name) => config[name].entries.size > 0) };
  } catch (error) {
    if (isFileError(error) || error instanceof YamlError) return undefined;
    throw error;
  }
}
