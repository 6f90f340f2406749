import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { fetchedOfParts, makeMap } from "../../config/values/make_located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import { stackError } from "../settings/stack_error.ts";
import { type Component, joinText, metadataScalar } from "./component.ts";
import { joinAll } from "./sections.ts";

type Entries = readonly (readonly [string, LocatedEntry])[];

/**
 * Returns where terraform keeps the component's state, and where others read it: the types of both backends, and what
 * is said of just these types. AppError "config-invalid" where that is no mapping.
 */
export function stateEntries(component: Component): Entries {
  const { place } = component.section;
  const type = findBackendType(component, "backend_type") ?? joinText("", { place });
  const backend = withDefaults(component, { type: type.text, said: sectionOfType(component, { of: "backend", type }) });
  const remoteType = findBackendType(component, "remote_state_backend_type") ?? type;
  const remote = sectionOfType(component, { of: "remote_state_backend", type: remoteType });
  const state = remoteType.text === type.text ? joinAll([backend, remote], "replace") : remote;
  const entries: readonly (readonly [string, Located | undefined])[] = [
    ["backend_type", type],
    ["backend", backend],
    ["remote_state_backend_type", remoteType],
    ["remote_state_backend", state],
  ];
  return entries.map(([name, value]) => [name, { key: place, value: value ?? makeMap([], place) }]);
}

function findBackendType(component: Component, name: string): LocatedScalar | undefined {
  const value = component.part(name)?.value;
  if (value === undefined || (value.kind === "scalar" && value.text === "")) return undefined;
  if (value.kind === "scalar") return value;
  throw stackError({ place: value.place, found: `${name} must be the name of a backend` });
}

function sectionOfType(
  component: Component,
  { of, type }: { readonly of: string; readonly type: LocatedScalar },
): LocatedMap | undefined {
  const all = component.part(of)?.value;
  const said = all?.kind === "map" ? all.entries.get(type.text)?.value : undefined;
  if (said === undefined || (said.kind === "scalar" && said.value === null)) return undefined;
  if (said.kind === "map") return said;
  throw stackError({ place: said.place, found: `${of}.${type.text} must be a mapping` });
}

/** The keys that set the states of components apart where they share a bucket, by type. */
const KEYS: Readonly<Record<string, string>> = { s3: "workspace_key_prefix", gcs: "prefix", azurerm: "key" };

function withDefaults(
  component: Component,
  { type, said }: { readonly type: string; readonly said: LocatedMap | undefined },
): LocatedMap | undefined {
  const key = KEYS[type];
  if (key === undefined) return said;
  const own = makeStatePrefix(component);
  const value = type === "azurerm" ? azureKey(component, { said, prefix: own }) : own;
  if (value === undefined || (type !== "azurerm" && said !== undefined && textAt(said, [key]) !== undefined)) {
    return said;
  }
  return makeMap([...said?.entries ?? [], [key, { key: own.place, value }]], said?.place ?? own.place);
}

/** What names the component among states: `metadata.name`, else the component in the code. */
function makeStatePrefix(component: Component): LocatedScalar {
  const { place } = component.section;
  const name = metadataScalar(component, "name");
  const from = name ?? { place, ...(component.sourceFetched && { fetched: component.sourceFetched }) };
  return joinText((name?.text ?? component.source).replaceAll("/", "-"), from);
}

/** In a container there are no prefixes: what the whole stack says goes before the name. undefined: as it was said. */
function azureKey(
  component: Component,
  { said, prefix }: { readonly said: LocatedMap | undefined; readonly prefix: LocatedScalar },
): LocatedScalar | undefined {
  const { byKind, byComponent } = component.saidOf("backend");
  const path = ["azurerm", "key"];
  const keyIn = (backend: LocatedMap | undefined) => backend && textAt(backend, path);
  const shared = keyIn(byKind);
  const key = said && textAt(said, ["key"]);
  if (keyIn(byComponent) !== undefined || (key !== undefined && key !== shared)) return undefined;
  const text = [...(shared === undefined ? [] : [shared]), `${prefix.text}.terraform.tfstate`].join("/");
  return joinText(text, { ...prefix, ...fetchedOfParts([byKind && valueAt(byKind, path)?.fetched, prefix.fetched]) });
}
