import { findValue } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { type ExecBlock, readExecBlock } from "../exec/exec_block.ts";
import { PAYLOAD, type SectionName } from "../kubeconfig/kubeconfig.ts";
import { findOtherCredentials, type OtherCredentials } from "../kubeconfig/user_credentials.ts";
import { isSame, type OtherFile, readOther, type UnreadableFile } from "./kubectl_view.ts";

/** The kubeconfigs that kubectl reads, merged. */
export interface MergedFiles {
  /** Those that are there and can be read, in order. */
  readonly files: readonly OtherFile[];
  readonly unreadable: readonly UnreadableFile[];
  readonly missing: readonly string[];
}

/** The cluster of a context. */
export interface ContextCluster {
  readonly name: string;
  readonly path: string;
  readonly server: string | undefined;
  /** PEM certificates, base64. */
  readonly certificateAuthorityData: string | undefined;
  /** Path as written; relative ones start from the directory of the kubeconfig. */
  readonly certificateAuthority: string | undefined;
  readonly isInsecure: boolean;
  readonly proxyUrl: string | undefined;
  readonly tlsServerName: string | undefined;
}

/** A context with what it joins, each from the first file that has an entry of that name. */
export interface MergedContext {
  readonly name: string;
  readonly path: string;
  readonly namespace: string | undefined;
  readonly clusterName: string | undefined;
  readonly userName: string | undefined;
  /** undefined where no file has it. */
  readonly cluster: ContextCluster | undefined;
  readonly user: MergedUser | undefined;
}

interface MergedUser {
  readonly name: string;
  readonly path: string;
  readonly exec: ExecBlock | undefined;
  /** Credentials beside those of the plugin. */
  readonly others: OtherCredentials | undefined;
}

/** Returns what kubectl reads of these files. Permission: read. */
export function mergeFiles(host: Needs<"read">, paths: readonly string[]): MergedFiles {
  const read = paths.map((path) => ({ path, found: readOther(host, path) }));
  return {
    files: read.flatMap(({ found }) => found !== undefined && "config" in found ? [found] : []),
    unreadable: read.flatMap(({ found }) => found !== undefined && "found" in found ? [found] : []),
    missing: read.flatMap(({ path, found }) => found === undefined ? [path] : []),
  };
}

/** Returns the context that the first file with a current-context selects; undefined where none does. */
export function selectedContext({ files }: MergedFiles): { readonly name: string; readonly path: string } | undefined {
  const file = files.find(({ config }) => config.currentContext !== undefined);
  return file === undefined ? undefined : { name: file.config.currentContext!, path: file.path };
}

/**
 * Returns a context as kubectl merges it: of each name, the first file that has it counts. undefined where none has it.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function mergeContext(merged: MergedFiles, name: string): MergedContext | undefined {
  const found = findEntry(merged, { section: "contexts", name });
  if (found === undefined) return undefined;
  const text = (key: string) => getText(findValue(found.payload, key)) || undefined;
  const [clusterName, userName] = [text("cluster"), text("user")];
  return {
    name,
    path: found.path,
    namespace: text("namespace"),
    clusterName,
    userName,
    cluster: clusterName === undefined ? undefined : mergeCluster(merged, clusterName),
    user: userName === undefined ? undefined : mergeUser(merged, userName),
  };
}

function mergeCluster(merged: MergedFiles, name: string): ContextCluster | undefined {
  const found = findEntry(merged, { section: "clusters", name });
  if (found === undefined) return undefined;
  const text = (key: string) => getText(findValue(found.payload, key)) || undefined;
  return {
    name,
    path: found.path,
    server: text("server"),
    certificateAuthorityData: text("certificate-authority-data"),
    certificateAuthority: text("certificate-authority"),
    isInsecure: findValue(found.payload, "insecure-skip-tls-verify")?.text === "true",
    proxyUrl: text("proxy-url"),
    tlsServerName: text("tls-server-name"),
  };
}

function mergeUser(merged: MergedFiles, name: string): MergedUser | undefined {
  const found = findEntry(merged, { section: "users", name });
  if (found === undefined) return undefined;
  const others = findOtherCredentials(found.payload, { user: name });
  return { name, path: found.path, exec: readExecBlock(found.payload), others };
}

function findEntry(
  { files }: MergedFiles,
  { section, name }: { readonly section: SectionName; readonly name: string },
) {
  const file = files.find(({ config }) => config[section].entries.has(name));
  return file === undefined ? undefined : { path: file.path, payload: file.config[section].entries.get(name)!.payload };
}

/** An entry of a context that several files have, not all with the same: the first one counts. */
export interface Duplicate {
  readonly what: typeof PAYLOAD[SectionName];
  readonly name: string;
  /** In the order in which kubectl reads them. */
  readonly paths: readonly string[];
}

/** Returns which entries of a context say something else in a later file. */
export function findDuplicates({ files }: MergedFiles, context: MergedContext): readonly Duplicate[] {
  const { name, clusterName, userName } = context;
  const entries: readonly (readonly [SectionName, string | undefined])[] = [
    ["contexts", name],
    ["clusters", clusterName],
    ["users", userName],
  ];
  return entries.flatMap(([section, entry]) => {
    if (entry === undefined) return [];
    const [first, ...later] = files.filter(({ config }) => config[section].entries.has(entry));
    const others = later.filter(({ config }) => !isSame(first!.config, config, { section, name: entry }));
    if (others.length === 0) return [];
    return [{ what: PAYLOAD[section], name: entry, paths: [first!, ...others].map(({ path }) => path) }];
  });
}
