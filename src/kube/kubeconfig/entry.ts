import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { KeyedItems, type YamlMap } from "../../formats/yaml/value.ts";
import { type EndpointPin, endpointPinFlags } from "../exec/endpoint_pin.ts";
import type { ExecPlugin } from "../exec/exec_plugin.ts";

/** What a kubeconfig entry is made of. Names and values as EKS DescribeCluster gives them. */
export interface EntryFacts {
  /** Cluster name, e.g. "dev-cluster". */
  readonly name: string;
  readonly arn: string;
  /** https URL of the API server. */
  readonly endpoint: string;
  /** PEM certificates, base64, as they come. */
  readonly certificateAuthorityData: string;
  readonly region: string;
  readonly account: string;
  /** Context name (default: the ARN). */
  readonly alias?: string;
  /** More contexts of the same cluster and user. */
  readonly moreAliases?: readonly string[];
  /** User name (default: `user-<cluster>`). */
  readonly userAlias?: string;
  readonly namespace?: string;
  /** Proxy that kubectl uses for the cluster (default: what the file says). */
  readonly proxyUrl?: string;
  /** Name to expect in the cluster's certificate (default: what the file says). */
  readonly tlsServerName?: string;
  readonly exec: ExecPlugin;
  /** What is written instead where the entry has that command already; undefined: `exec` is requested. */
  readonly otherExec?: ExecPlugin;
}

/** One named item of a kubeconfig. undefined in a payload: the key must not be there. */
interface EntryPart {
  readonly name: string;
  readonly payload: YamlMap;
}

/** The named entries that make a cluster reachable. */
export interface Entry {
  readonly facts: EntryFacts;
  readonly cluster: EntryPart;
  /** The first of `contexts`. */
  readonly context: EntryPart;
  readonly contexts: readonly EntryPart[];
  readonly user: EntryPart;
}

/** The names of an entry's contexts. */
export function listContextNames({ arn, alias = arn, moreAliases = [] }: EntryFacts): readonly string[] {
  return [alias, ...moreAliases];
}

/** The entry of a cluster; `userName` is for the case that another entry uses `user-<cluster>`. */
export function buildEntry(facts: EntryFacts, userName = facts.userAlias ?? `user-${facts.name}`): Entry {
  const payload = contextPayload(facts, userName);
  const [context, ...more] = listContextNames(facts).map((name) => ({ name, payload }));
  return {
    facts,
    cluster: { name: facts.arn, payload: clusterPayload(facts) },
    context: context!,
    contexts: [context!, ...more],
    user: { name: userName, payload: userPayload(facts) },
  };
}

function clusterPayload(facts: EntryFacts): YamlMap {
  return {
    "server": facts.endpoint,
    "certificate-authority-data": facts.certificateAuthorityData,
    // kubectl refuses the whole file when one of these stands beside certificate-authority-data.
    "insecure-skip-tls-verify": undefined,
    "certificate-authority": undefined,
    ...(facts.tlsServerName === undefined ? {} : { "tls-server-name": facts.tlsServerName }),
    ...(facts.proxyUrl === undefined ? {} : { "proxy-url": facts.proxyUrl }),
  };
}

function contextPayload(facts: EntryFacts, userName: string): YamlMap {
  const base = { cluster: facts.arn, user: userName };
  return facts.namespace === undefined ? base : { ...base, namespace: facts.namespace };
}

/** Of a user, what kubectl uses before an exec plugin, or refuses beside one: it is removed. */
export const REPLACED_CREDENTIALS = ["token", "tokenFile", "username", "password", "auth-provider"] as const;

/** Either decides whose token it is, where the other one is not there. */
const PROFILE_VARIABLES = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

function userPayload(facts: EntryFacts): YamlMap {
  const { exec } = facts;
  return {
    exec: {
      apiVersion: exec.apiVersion,
      command: exec.command,
      args: exec.hasEndpointPin ? [...exec.args, ...endpointPinFlags(endpointPin(facts))] : exec.args,
      // Other variables are up to the user.
      env: new KeyedItems("name", {
        set: exec.env.map(({ name, value }) => ({ name, value })),
        gone: PROFILE_VARIABLES.filter((one) => !exec.env.some(({ name }) => name === one)),
      }),
      ...(exec.hasEndpointPin ? { provideClusterInfo: true } : {}),
    },
    ...Object.fromEntries(REPLACED_CREDENTIALS.map((key) => [key, undefined])),
  };
}

function endpointPin({ endpoint, certificateAuthorityData }: EntryFacts): EndpointPin {
  const authority = Uint8Array.from(atob(certificateAuthorityData), (character) => character.charCodeAt(0));
  return { endpoint, authority: bytesToHex(sha256(authority)) };
}

/** Entries as a whole kubeconfig, keys in the order that `aws eks update-kubeconfig` users know. What they share is there once. */
export function buildWholeConfig(entries: readonly Entry[], currentContext: string | undefined): YamlMap {
  return {
    "apiVersion": "v1",
    "kind": "Config",
    "current-context": currentContext,
    "clusters": items("cluster", entries.map(({ cluster }) => cluster)),
    "contexts": items("context", entries.flatMap(({ contexts }) => contexts)),
    "users": items("user", entries.map(({ user }) => user)),
  };
}

function items(key: string, parts: readonly EntryPart[]): readonly YamlMap[] {
  const byName = Map.groupBy(parts, ({ name }) => name);
  return [...byName].map(([name, same]) => ({ name, [key]: Object.assign({}, ...same.map(({ payload }) => payload)) }));
}

/** Whether whole kubeconfigs of several files use one name for different clusters, contexts or users. */
export function haveClashingNames(configs: readonly YamlMap[]): boolean {
  const known = new Map<string, string>();
  return configs.some((config) =>
    ["clusters", "contexts", "users"].flatMap((list) => config[list] as YamlMap[]).some((item) => {
      const [key, text] = [JSON.stringify([Object.keys(item), item["name"]]), JSON.stringify(item)];
      if ((known.get(key) ?? text) !== text) return true;
      known.set(key, text);
      return false;
    })
  );
}
