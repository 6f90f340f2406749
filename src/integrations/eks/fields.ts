import * as v from "valibot";
import { remarks } from "../../auth/kinds/fields.ts";
import { realTarget } from "../../config/files/resolve_write_target.ts";
import type { Suspicion } from "../../config/schema/schema.ts";
import type { PowerClass } from "../../config/schema/trust_class.ts";
import type { Located, LocatedScalar } from "../../config/values/located.ts";
import { textAt } from "../../config/values/look_up.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { tryReadKubeconfig } from "../../kube/kubectl/current_context.ts";
import { readRecordedContexts } from "./context_record.ts";
import { locateKubeconfig } from "../../kube/kubeconfig/locate.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import { expandHome, isInside } from "../../store/paths.ts";

/** Three digits, maybe after 0: nothing else makes sense for a file with secrets. */
const MODE = /^(?:0o)?0?[1-7][0-7]{2}$/;
const MODE_IS = 'an octal file mode such as "0600"';

/** Where an editor reads `600` or `0600` as a number, its digits are the mode's. */
const asNumber = v.pipe(
  v.number(),
  v.integer(),
  v.check((digits) => MODE.test(String(digits)), MODE_IS),
  v.minValue(100),
  v.maxValue(777),
);

/** A file mode, octal however it is written: `"0600"`, `0600`, `0o600`, `600`. */
export const kubeconfigMode = v.pipe(
  v.union([v.pipe(v.string(), v.regex(MODE, MODE_IS)), asNumber], MODE_IS),
  v.description('mode of the file, octal (default: "0600")'),
  remarks({ readsText: true, doubt: modeDoubt, closed: true }),
  v.transform((text) => octal(String(text))),
);

/** Which paths, modes and updates of a kubeconfig are ordinary. */
export const KUBECONFIG_PATH: Omit<PowerClass, "class"> = {
  reason: "sets where a kubeconfig is written",
  namesFile: true,
  unless: {
    is: "the default file, or a kubeconfig below ~/.kube: one that is there; a plain name or a .yaml, also in a " +
      "directory configs, config.d, kubeconfigs, clusters or contexts, or a name with `config` in it (no list, nothing hidden or cached, no lock, no backup, no name of a " +
      "file that a shell or another program reads, not by a link from elsewhere), and what is done with it is ordinary, too",
    holds: (host, { value, parent }) =>
      isUsualFile(host, value) && !mayOpen(textAt(parent, ["mode"])) && !mayReplace(host, parent),
  },
  contents: async (host, { value, by }) => {
    const path = value.kind === "scalar" ? resolveWrittenPath(host, value.text) : undefined;
    if (path === undefined) return [];
    const { kubeconfigContents } = await import("../../auth/files/kubeconfig_contents.ts");
    return kubeconfigContents(host, { path, by: [by] });
  },
};

export const KUBECONFIG_MODE: Omit<PowerClass, "class"> = {
  reason: "opens a kubeconfig to others",
  about: ["path"],
  unless: {
    is: "0600",
    holds: (_host, { value }) => value.kind === "scalar" && !mayOpen(value.text),
  },
};

export const KUBECONFIG_UPDATE: Omit<PowerClass, "class"> = {
  reason: "replaces a kubeconfig",
  about: ["path"],
  unless: {
    is: "merge or error; replace only if the file does not exist or holds only entries of its own integrations",
    holds: (host, { parent }) => !mayReplace(host, parent),
  },
};

/** Why a proxy, an endpoint and what it must show are powers. */
export const WHERE_KUBECTL_CONNECTS = "sets where kubectl sends its tokens";

/**
 * What is usual must be called so: a link from elsewhere could lead to another file by the time that the file is
 * written, or read by kubectl.
 */
function isUsualFile(host: Needs<"read" | "env">, value: Located): boolean {
  const path = value.kind === "scalar" ? absolutePath(host, value.text) : undefined;
  if (path === undefined || MAY_BE_LIST.test(path)) return false;
  if (path === absolutePath(host, undefined)) return true;
  const own = expandHome(host, "~/.kube");
  const directory = own === undefined ? undefined : realTarget(host, own);
  if (own === undefined || directory === undefined || ![own, directory].some((one) => isInside(one, path))) {
    return false;
  }
  const file = resolveWrittenPath(host, path);
  if (file === undefined) return false;
  return file === resolveWrittenPath(host, undefined) ||
    (file.startsWith(`${directory}/`) && !isBeside(file.slice(directory.length + 1)) &&
      (isKubeconfigThere(host, file) || isCalledAsOne(file.slice(directory.length + 1))));
}

function isKubeconfigThere(host: Needs<"read">, file: string): boolean {
  const { clusters, contexts, users } = tryReadKubeconfig(host, file)?.config ?? {};
  return [clusters, contexts, users].some((section) => (section?.entries.size ?? 0) > 0);
}

/**
 * Whether a new file below ~/.kube is called as a kubeconfig, and as nothing that another program reads there: a plain
 * name or a YAML file, also in a directory for kubeconfigs, or one with "config" in its name. A directory in the place of
 * kubectl's own file, or of another program's, is none.
 */
function isCalledAsOne(path: string): boolean {
  const [name = "", ...directories] = path.split("/").toReversed();
  if (directories.some((one) => !/^(?:[\w-]+|config\.d)$/.test(one) || /^config$/i.test(one) || FOR_OTHERS.test(one))) {
    return false;
  }
  if (/(?:^|[-_.])(?:kube)?config(?:[-_.]|$)/i.test(name)) return true;
  const isForThem = directories.length === 0 || KUBECONFIG_DIRECTORIES.includes(directories[0]!);
  return isForThem && /^[\w-]+(?:\.ya?ml)?$/.test(name);
}

const KUBECONFIG_DIRECTORIES = ["configs", "config.d", "kubeconfigs", "clusters", "contexts"];

/** KUBECONFIG is a list: of such a path kubectl would read parts, from whatever directory it is in. */
const MAY_BE_LIST = /^(?![A-Za-z]:[\\/]).*:|^.:.*:|;/s;

/** What kubectl and atmos keep beside kubeconfigs, and what is hidden: one file too many there changes what they do. */
const NOT_KUBECONFIGS =
  /^(?:\.|cache$|http-cache$|kuberc$|kubens$)|\.(?:lock|(?:bak|backup|old|orig|save|sav|prev|copy|rej|dpkg-\w+|rpm\w+|ucf-\w+|sw[a-z])(?:[._-]?\d+)*|atmos-[\w-]+|tmp)$|~\d*$/i;

/**
 * What shells and other programs may read as theirs: kubectl itself tells its users to source
 * ~/.kube/completion.bash.inc, and a context's name is a line of a kubeconfig.
 */
const FOR_OTHERS = new RegExp(
  [
    "complet|alias|bash|zsh|fish|profile|envrc|[\\p{Cc}\\p{Cf}]",
    "(?:^|[^a-z])(?:[ckr]|da|tc)?sh(?:[^a-z]|$)",
    "(?:sh|ctl|env)rc$",
    "^(?:kubie|kubecolor|color|kubetui)\\.|file(?:\\.|$)",
    "^(?:rc|env|func|functions|init|login|logout|exports?|sources?|kubectx|switch-\\w+\\.yaml|gke_\\w+)$",
    "\\.(?:env|inc|rc|ps[dm]?1|py|rb|pl|lua|vim|js|exe|bat|cmd|plugin|func|functions|exports?|init)$",
  ].join("|"),
  "iu",
);

function isBeside(path: string): boolean {
  const names = path.split("/");
  return names.some((name) => NOT_KUBECONFIGS.test(name)) || FOR_OTHERS.test(names.at(-1)!);
}

function mayOpen(mode: string | undefined): boolean {
  return mode !== undefined && (!MODE.test(mode) || octal(mode) !== 0o600);
}

/** Whether a file is replaced that has something that others have written. */
function mayReplace(host: Needs<"read" | "env" | "sys">, kubeconfig: Located): boolean {
  if (textAt(kubeconfig, ["update"]) !== "replace") return false;
  const path = textAt(kubeconfig, ["path"]) ?? host.env.get("ATMOS_KUBECONFIG");
  const file = resolveWrittenPath(host, path);
  if (file === undefined) return true;
  return host.read.lstat(file) !== undefined &&
    !isWrittenBy(host, { files: [file, locateKubeconfig(host, path).path], author: kubeconfig.place.file });
}

/** Whether all that is in a kubeconfig is on record as written for integrations that the file of a configuration defines. */
function isWrittenBy(
  host: Needs<"read" | "env" | "sys">,
  { files, author }: { readonly files: readonly string[]; readonly author: string },
): boolean {
  const found = tryReadKubeconfig(host, files[0]!);
  if (found === undefined) return false;
  const written = readRecordedContexts(host)
    .filter(({ file, definedIn = [] }) => files.includes(file) && definedIn.includes(author))
    .flatMap(({ contexts }) => contexts.filter(({ adopted }) => !adopted));
  if (written.length === 0 || !hasOwnSections(found.config.text.root)) return false;
  const sections = { contexts: "name", clusters: "cluster", users: "user" } as const;
  return Object.entries(sections).every(([section, field]) => {
    const own = new Set(written.map((one) => one[field]));
    return [...found.config[section as keyof typeof sections].entries.keys()].every((name) => own.has(name));
  });
}

/** Whether a kubeconfig has nothing besides its entries that someone may have put there. */
function hasOwnSections(root: YamlNode | undefined): boolean {
  const items = root?.items ?? [];
  return items.every((key, at) =>
    at % 2 === 1 || SECTIONS.includes(key.text) || (key.text === "preferences" && items[at + 1]!.items.length === 0)
  );
}

const SECTIONS = ["apiVersion", "kind", "clusters", "contexts", "users", "current-context"];

/** Where a kubeconfig ends up, through links. */
function resolveWrittenPath(host: Needs<"read" | "env">, path: string | undefined): string | undefined {
  const file = absolutePath(host, path);
  return file === undefined ? undefined : realTarget(host, file);
}

/** What a kubeconfig is called in full. */
function absolutePath(host: Needs<"read" | "env">, path: string | undefined): string | undefined {
  try {
    return locateKubeconfig(host, path).path;
  } catch (error) {
    // Without HOME: it is refused when it is used.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function octal(text: string): number {
  return parseInt(text.replace(/^0o/, ""), 8);
}

function modeDoubt({ text }: LocatedScalar): Suspicion | undefined {
  if (!MODE.test(text)) return undefined;
  const mode = octal(text);
  if ((mode & 0o600) !== 0o600) return { message: "its owner could not read and write the file" };
  return (mode & 0o077) === 0 ? undefined : { message: "others on the machine could use the file; 0600 is safe" };
}

/** Base64 of a text that has a PEM certificate in it, whatever stands before and after: bundles have comments. */
export const PEM_BASE64 = new RegExp(
  `^(?=.*${spelt("-----BEGIN CERTIFICATE-----")}.*${spelt("-----END CERTIFICATE-----")})` +
    "(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
);

/** How base64 spells a text, by where in a group of three bytes it begins; without what depends on its neighbours. */
function spelt(text: string): string {
  const spellings = [0, 1, 2].map((before) => {
    const bits = 8 * (before + text.length);
    return btoa(`${"\0".repeat(before)}${text}\0\0`).slice(Math.ceil(8 * before / 6), Math.floor(bits / 6));
  });
  return `(?:${spellings.join("|").replaceAll("+", "\\+")})`;
}
