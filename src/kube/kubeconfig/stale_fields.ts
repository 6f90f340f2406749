import { findValue, listKeys, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { getText, hasValue, KeyedItems, type YamlMap } from "../../formats/yaml/value.ts";
import { readExecBlock } from "../exec/exec_block.ts";
import { listProfilePin } from "../exec/exec_plugin.ts";
import { readUserTarget } from "../exec/exec_target.ts";
import type { DesiredEntry } from "./desired_entries.ts";
import type { RecordedContext } from "./entry_edit.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { ManagedContexts } from "./managed_entries.ts";

interface RemoveStaleFieldsInput {
  readonly desired: DesiredEntry;
  readonly managed: ManagedContexts;
}

/** An entry that also removes the fields that were written once, are not requested any more, and are still as written. */
export function removeStaleFields(config: Kubeconfig, { desired, managed }: RemoveStaleFieldsInput): DesiredEntry {
  const old = desired.previousName === undefined
    ? undefined
    : config[desired.section].entries.get(desired.previousName)?.payload;
  if (old === undefined) return desired;
  switch (desired.section) {
    case "clusters":
      return { ...desired, payload: { ...findStaleClusterFields(old, { desired, managed }), ...desired.payload } };
    case "contexts": {
      const context = managed.get(desired.previousName!)?.recorded;
      return {
        ...desired,
        payload: { ...findStaleFields(old, { namespace: [context?.namespace] }), ...desired.payload },
      };
    }
    case "users":
      return { ...desired, payload: { ...desired.payload, ...findStaleExecFields(old, desired.payload) } };
  }
}

function findStaleClusterFields(old: YamlNode, { desired, managed }: RemoveStaleFieldsInput): YamlMap {
  // Nothing that the file says of the old cluster is true of the new one.
  if (desired.previousName !== desired.name) return Object.fromEntries(listKeys(old).map((key) => [key, undefined]));
  const recorded: readonly RecordedContext[] = [...managed.values()]
    .flatMap(({ use, recorded }) => use.cluster === desired.name ? [recorded] : []);
  return findStaleFields(old, {
    "proxy-url": recorded.map(({ proxyUrl }) => proxyUrl),
    "tls-server-name": recorded.map(({ tlsServerName }) => tlsServerName),
  });
}

/** The keys whose values are among the recorded ones. */
function findStaleFields(old: YamlNode, recorded: Readonly<Record<string, readonly (string | undefined)[]>>): YamlMap {
  const stale = Object.keys(recorded).filter((key) => {
    const value = getText(findValue(old, key));
    return value !== undefined && recorded[key]!.includes(value);
  });
  return Object.fromEntries(stale.map((key) => [key, undefined]));
}

/** What only the exec block of this program's plugin has, and what pins the other one to a profile of a login. */
function findStaleExecFields(old: YamlNode, { exec }: YamlMap): YamlMap {
  const block = findValue(old, "exec");
  const info = block && findValue(resolved(block), "provideClusterInfo");
  const isWritten = readUserTarget(old).plugin === "atmos" && info !== undefined && hasValue(info, true);
  const fields = exec as YamlMap;
  const env = withoutStalePin(old, fields["env"]);
  if (!isWritten && env === undefined) return {};
  return { exec: { ...isWritten ? { provideClusterInfo: undefined } : {}, ...fields, ...env && { env } } };
}

/** undefined where all of the pin stays. */
function withoutStalePin(old: YamlNode, env: YamlMap[string]): KeyedItems | undefined {
  if (!(env instanceof KeyedItems)) return undefined;
  const { set, gone } = env.items;
  const stale = listProfilePin(readExecBlock(old)?.env ?? []).filter((name) =>
    !set.some((one) => one["name"] === name)
  );
  return stale.length === 0 ? undefined : new KeyedItems(env.key, { set, gone: [...gone, ...stale] });
}
