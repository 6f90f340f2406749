import { resolved, valueOf, type YamlNode } from "../../formats/yaml/node.ts";
import { saysValue, textOf, type YamlMap } from "../../formats/yaml/value.ts";
import { userTarget } from "../exec/exec_target.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { PlannedEdit } from "./plan_edits.ts";
import type { WantedEntry } from "./desired_entries.ts";
import type { WrittenContext } from "./recorded_context.ts";

export interface StaleInput {
  readonly want: WantedEntry;
  readonly planned: PlannedEdit;
}

/** An entry that also takes away what was written once, is not asked for any more, and still stands there as written. */
export function withoutStale(config: Kubeconfig, { want, planned }: StaleInput): WantedEntry {
  const old = want.from === undefined ? undefined : config[want.section].entries.get(want.from)?.payload;
  if (old === undefined) return want;
  switch (want.section) {
    case "clusters":
      return { ...want, payload: { ...clusterStale(old, { want, planned }), ...want.payload } };
    case "contexts": {
      const own = planned.claim.get(want.from!)?.written;
      return { ...want, payload: { ...stale(old, { namespace: [own?.namespace] }), ...want.payload } };
    }
    case "users":
      return { ...want, payload: { ...want.payload, ...execStale(old, want.payload) } };
  }
}

function clusterStale(old: YamlNode, { want, planned }: StaleInput): YamlMap {
  // What was said of another cluster is not true of this one.
  if (want.from !== want.name) return Object.fromEntries(keysOf(old).map((key) => [key, undefined]));
  const written: readonly WrittenContext[] = [...planned.claim.values()]
    .flatMap((own) => own.use.cluster === want.name ? [own.written] : []);
  return stale(old, {
    "proxy-url": written.map(({ proxyUrl }) => proxyUrl),
    "tls-server-name": written.map(({ tlsServerName }) => tlsServerName),
  });
}

/** The keys whose values are among those. */
function stale(old: YamlNode, written: Readonly<Record<string, readonly (string | undefined)[]>>): YamlMap {
  const gone = Object.keys(written).filter((key) => {
    const said = textOf(valueOf(old, key));
    return said !== undefined && written[key]!.includes(said);
  });
  return Object.fromEntries(gone.map((key) => [key, undefined]));
}

/** What only the block of this program's own plugin has. */
function execStale(old: YamlNode, { exec }: YamlMap): YamlMap {
  const said = valueOf(old, "exec");
  const info = said && valueOf(resolved(said), "provideClusterInfo");
  const isOurs = userTarget(old).plugin === "atmos" && info !== undefined && saysValue(info, true);
  return isOurs ? { exec: { provideClusterInfo: undefined, ...exec as YamlMap } } : {};
}

function keysOf(map: YamlNode): readonly string[] {
  return map.items.filter((_, at) => at % 2 === 0).map(({ text }) => text);
}
