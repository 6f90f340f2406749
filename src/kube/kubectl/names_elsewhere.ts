import { findValue, type YamlNode } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { isSameTarget, readExecTarget, readUserTarget } from "../exec/exec_target.ts";
import type { EntryFacts } from "../kubeconfig/entry.ts";
import type { HiddenContext, NamesElsewhere, RecordedContext } from "../kubeconfig/entry_edit.ts";
import { isSameServer } from "../kubeconfig/foreign_entries.ts";
import { type Kubeconfig, PAYLOAD, type SectionName, SECTIONS } from "../kubeconfig/kubeconfig.ts";
import { followKubeconfig, listOtherKubeconfigs, markForKubectl } from "../kubeconfig/locate.ts";
import { isSame, type OtherFile, readOther } from "./kubectl_view.ts";

type OthersHost = Needs<"env" | "read" | "sys">;

/** What was written into other kubeconfigs, as far as that is on record. */
export interface WrittenElsewhere {
  /** Files that a shell may have in KUBECONFIG, whatever this one has. */
  listShared(): readonly string[];
  /** What is on record in a file for others than the one that writes. */
  foreignIn(file: string): readonly RecordedContext[];
}

/**
 * Returns lookups of what the entries of a kubeconfig would hide, once kubectl reads that file before all others: in
 * those that it reads now, and in those that it is likely to read another day. The files are read once, when the first
 * name is looked up. Permissions: env, read, sys.
 */
export function readNamesElsewhere(
  host: OthersHost,
  { path, record }: { readonly path: string; readonly record: WrittenElsewhere },
): NamesElsewhere {
  let others: readonly Others[] | undefined;
  const all = () => others ??= listOthers(host, { path, record });
  const find = (isOther: (other: Others) => boolean) => all().find(isOther)?.path;
  return {
    findContext(name, facts) {
      for (const other of all()) {
        const is = other.findOtherContext(name, facts);
        if (is !== undefined) return { path: other.path, is };
      }
      return undefined;
    },
    findCluster: (facts) => find((other) => other.hasOtherCluster(facts)),
    findUser: (name, facts) => find((other) => other.hasOtherUser(name, facts)),
    findUse: (user) => find((other) => other.isMissing(user)),
  };
}

/** The record has files by what they are called there, kubectl may know them by links. */
function listOthers(
  host: OthersHost,
  { path, record }: Parameters<typeof readNamesElsewhere>[1],
): readonly Others[] {
  const shared = record.listShared().map((file) => ({ file, real: followKubeconfig(host, file) }));
  const paths = listOtherKubeconfigs(host, { path, more: shared.map(({ file }) => file) });
  return readAll(host, paths).map((found) => {
    const real = followKubeconfig(host, found.path);
    const names = new Set([found.path, ...shared.flatMap((one) => one.real === real ? [one.file] : [])]);
    return new Others(found, new Set([...names].flatMap((file) => record.foreignIn(file).map(({ name }) => name))));
  });
}

function readAll(host: Needs<"read">, paths: readonly string[]): readonly OtherFile[] {
  return paths.flatMap((path) => {
    const read = readOther(host, path);
    return read === undefined || "found" in read ? [] : [read];
  });
}

/** Another file. A name that it has is another one's unless it stands for the same as in ours. */
class Others {
  readonly path: string;
  readonly #config: Kubeconfig;
  /** Users that its contexts name and that it has not itself, each with the clusters that they would get tokens for. */
  #missing: Map<string, Set<string>> | undefined;
  /** Contexts that were written for others. */
  readonly #foreign: ReadonlySet<string>;

  constructor({ path, config }: OtherFile, foreign: ReadonlySet<string>) {
    this.path = path;
    this.#config = config;
    this.#foreign = foreign;
  }

  /** Returns what the context of that name is: of any, another cluster counts, of what others wrote, any difference. */
  findOtherContext(name: string, facts: EntryFacts): HiddenContext["is"] | undefined {
    if (leadsElsewhere(this.#config, { name, keys: facts })) return "another cluster";
    const payload = this.#config.contexts.entries.get(name)?.payload;
    if (payload === undefined || !this.#foreign.has(name)) return undefined;
    const text = (key: string) => getText(findValue(payload, key)) || undefined;
    if (text("cluster") !== facts.arn) return "another cluster";
    const user = readUserTarget(this.#config.users.entries.get(text("user") ?? "")?.payload);
    if (!isSameTarget(user, readExecTarget(facts.exec))) return "another identity";
    return text("namespace") === facts.namespace ? undefined : "another namespace";
  }

  hasOtherCluster(facts: EntryFacts): boolean {
    const found = this.#config.clusters.entries.get(facts.arn);
    return found !== undefined && !isSameServer(found.payload, facts);
  }

  hasOtherUser(name: string, { arn, exec }: EntryFacts): boolean {
    const found = this.#config.users.entries.get(name);
    if (found !== undefined) return !isSameTarget(readUserTarget(found.payload), readExecTarget(exec));
    const clusters = this.#findMissing().get(name) ?? [];
    return [...clusters].some((cluster) => cluster !== arn);
  }

  isMissing(user: string): boolean {
    return this.#findMissing().has(user);
  }

  #findMissing(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#missing !== undefined) return this.#missing;
    this.#missing = new Map();
    for (const { payload } of this.#config.contexts.entries.values()) {
      const [cluster, user] = [getText(findValue(payload, "cluster")), getText(findValue(payload, "user"))];
      if (!user || this.#config.users.entries.has(user)) continue;
      this.#missing.set(user, (this.#missing.get(user) ?? new Set()).add(cluster ?? ""));
    }
    return this.#missing;
  }
}

/** Whether a kubeconfig has a context of that name for another cluster, by its name, for us its ARN, and its server. */
function leadsElsewhere(
  config: Kubeconfig,
  { name, keys: { arn, endpoint } }: {
    readonly name: string;
    readonly keys: { readonly arn: string | undefined; readonly endpoint: string | undefined };
  },
): boolean {
  if (!config.contexts.entries.has(name)) return false;
  const keys = clusterKeys(config, name);
  return (keys.arn === undefined || keys.arn !== arn) && (keys.endpoint === undefined || keys.endpoint !== endpoint);
}

function clusterKeys({ contexts, clusters }: Kubeconfig, context: string) {
  const arn = getText(findValue(contexts.entries.get(context)?.payload, "cluster"));
  const endpoint = getText(findValue(clusters.entries.get(arn ?? "")?.payload, "server"));
  return { arn, endpoint };
}

/** An entry of another file that kubectl takes from ours, where it stands for something else. */
interface ShadowedEntry {
  readonly what: typeof PAYLOAD[SectionName];
  readonly name: string;
  readonly path: string;
}

/**
 * Returns what contexts of a kubeconfig, and the clusters and users that they join, hide of the other files that kubectl
 * reads. Permissions: env, read, sys.
 */
export function listShadowed(
  host: OthersHost,
  { path, contexts }: { readonly path: string; readonly contexts: readonly string[] },
): readonly ShadowedEntry[] {
  const files = readBoth(host, path);
  const found = files === undefined ? [] : contexts.flatMap((name) => findShadowing(name, files));
  return [...new Map(found.map((one) => [`${one.what} ${one.name}`, one])).values()];
}

/**
 * Returns whether a kubeconfig is to stand behind others: before them it would hide entries of theirs by what else it has,
 * and behind them these contexts of it say what they say now. Permissions: read, sys.
 */
export function isBetterBehind(
  host: Needs<"read" | "sys">,
  { path, contexts, others: paths }: {
    readonly path: string;
    readonly contexts: readonly string[];
    readonly others: readonly string[];
  },
): boolean {
  const own = readOther(host, path);
  if (own === undefined || "found" in own) return false;
  const { config } = own;
  const joined = joinNames(config, contexts);
  const rest = SECTIONS.map((section) =>
    [...config[section].entries.keys()].filter((name) => !joined[section].has(name))
  );
  // The others may be large, and need not be read for a file that has nothing else.
  if (rest.every((names) => names.length === 0)) return false;
  const real = followKubeconfig(host, path);
  const others = readAll(host, paths.filter((other) => followKubeconfig(host, other) !== real));
  const differs = (section: SectionName, name: string): boolean => {
    const first = others.find((other) => other.config[section].entries.has(name));
    return first !== undefined && !isSame(config, first.config, { section, name });
  };
  return SECTIONS.some((section, at) => rest[at]!.some((name) => differs(section, name))) &&
    !SECTIONS.some((section) => [...joined[section]].some((name) => differs(section, name)));
}

/** The names of contexts, and of the clusters and users that they join. */
function joinNames(
  config: Kubeconfig,
  contexts: readonly string[],
): Readonly<Record<SectionName, ReadonlySet<string>>> {
  const texts = (key: string) =>
    new Set(contexts.flatMap((name) => getText(findValue(config.contexts.entries.get(name)?.payload, key)) ?? []));
  return { contexts: new Set(contexts), clusters: texts("cluster"), users: texts("user") };
}

/** A kubeconfig, and the others that kubectl reads; undefined where there is nothing to compare. */
function readBoth(host: OthersHost, path: string): FoundFiles | undefined {
  const paths = markForKubectl(host, path).flatMap((file) => file.isMeant ? [] : [file.path]);
  const others = readAll(host, paths);
  const own = others.length === 0 ? undefined : readOther(host, path);
  return own === undefined || "found" in own ? undefined : { own: own.config, others };
}

interface FoundFiles {
  readonly own: Kubeconfig;
  readonly others: readonly OtherFile[];
}

function findShadowing(
  context: string,
  { own, others }: FoundFiles,
): readonly ShadowedEntry[] {
  const payload = own.contexts.entries.get(context)?.payload;
  if (payload === undefined) return [];
  const shadowed = (section: SectionName, name: string | undefined): readonly ShadowedEntry[] => {
    const first = others.find(({ config }) => name !== undefined && config[section].entries.has(name));
    if (name === undefined || first === undefined || !own[section].entries.has(name)) return [];
    const isOther = DIFFERS[section](name, { own, other: first.config });
    return isOther ? [{ what: PAYLOAD[section], name, path: first.path }] : [];
  };
  return [
    ...shadowed("contexts", context),
    ...shadowed("clusters", getText(findValue(payload, "cluster"))),
    ...shadowed("users", getText(findValue(payload, "user"))),
  ];
}

type Differs = (name: string, pair: { readonly own: Kubeconfig; readonly other: Kubeconfig }) => boolean;

const DIFFERS: Readonly<Record<SectionName, Differs>> = {
  contexts: (name, { own, other }) => leadsElsewhere(other, { name, keys: clusterKeys(own, name) }),
  clusters: (name, { own, other }) =>
    !isSameServer(other.clusters.entries.get(name)!.payload, readServer(own.clusters.entries.get(name)!.payload)),
  users: (name, { own, other }) => {
    const [target, otherTarget] = [own, other].map(({ users }) => readUserTarget(users.entries.get(name)!.payload));
    return !isSameTarget(target!, otherTarget!) && !isSame(own, other, { section: "users", name });
  },
};

function readServer(cluster: YamlNode | undefined): Parameters<typeof isSameServer>[1] {
  const [endpoint, authority] = ["server", "certificate-authority-data"].map((key) => getText(findValue(cluster, key)));
  return { endpoint: endpoint ?? "", certificateAuthorityData: authority?.replace(/\s/g, "") ?? "" };
}
