import type { LoadedConfig } from "../../config/load_config.ts";
import { findConfigChanges } from "./config_changes.ts";
import { readOwnNames } from "./own_names.ts";
import { withStoredKeys } from "./stored_keys.ts";
import { any } from "valibot";
import { readEverySource } from "../../auth/model/entry_sources.ts";
import { type CredentialSource, type Power, powersIn } from "../../config/schema/powers.ts";
import { power } from "../../config/schema/trust_class.ts";
import { KUBECONFIG_PATH } from "../../integrations/eks/fields.ts";
import { type EksTarget, reachingPowers } from "../../stacks/eks_target.ts";
import type { TrustGate } from "../../config/trust/trust_gate.ts";
import type { Located, LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { authChoices } from "../../auth/model/auth_choices.ts";
import { withLost } from "../../auth/model/lost_values.ts";
import { makeMap, mergeMaps } from "../../config/values/make_located.ts";
import type { Needs } from "../../host/host.ts";
import { validateAuth } from "../../integrations/validate_auth.ts";
import { type LoadedAuth, sealModel } from "./load.ts";
import { findOlderShell } from "./selected_identity.ts";

interface ComponentAuthInput {
  readonly config: LoadedConfig;
  /** `auth` of the stack and the component. */
  readonly section: LocatedMap | undefined;
  readonly trust: TrustGate;
  /** What has decided by something beyond the tree which section that is, besides what the configuration says of it. */
  readonly choices?: readonly Power[];
  /** What was chosen for the configuration; a default of the component is above the identity of `auth use`. */
  readonly chosen?: Pick<AuthModel, "used" | "usual" | "inherited">;
}

/**
 * The auth section with that of a component laid over. Where the component names a default identity, the others are
 * none; a bare `default: false` for an identity that is not there means nothing. Permissions: env, read, sys.
 */
export async function componentAuth(
  host: Needs<"env" | "read" | "sys">,
  input: ComponentAuthInput,
): Promise<LoadedAuth> {
  const { config, section, trust, choices = [], chosen: { used, usual, inherited } = {} } = input;
  const hasDefault = namesDefault(section && mapIn(section, "identities"));
  const merged = section === undefined ? config : { ...config, root: withAuth(config.root, section) };
  const { model: read, root, problems } = await validateAuth(host, merged.root);
  const model = withStoredKeys({ model: read, config: merged, root });
  const changes = await findConfigChanges(host, { config, root });
  const deciding = [...config.choices, ...changes, ...choices, ...authChoices(root, model.powers)];
  trust.addChoices(deciding);
  return {
    config: merged,
    root,
    model: await sealModel({
      ...withLost(model, config.problems),
      powers: [...deciding, ...model.powers],
      trust,
      namedFile: config.loginFile,
      ...readOwnNames(config),
      ...(hasDefault
        ? { stackDefault: { overruled: used ?? findOwnChoice(usual) } }
        : used === undefined
        ? {}
        : { used }),
      ...(usual === undefined ? {} : { usual }),
      ...(inherited === undefined ? await findOlderShell(host, { config, model }) : { inherited }),
    }, trust),
    problems,
    trust,
  };
}

function findOwnChoice(usual: AuthModel["usual"]): string | undefined {
  return usual?.by === "auth use" ? usual.name : undefined;
}

/**
 * Returns what needs trust in what the stack says of a cluster, beyond its auth section. What the cluster is called goes to
 * the account of whichever identity is taken.
 */
export function targetPowers(
  { powers, profile, kubeconfig }: Pick<EksTarget, "powers" | "profile" | "kubeconfig">,
  { config }: Pick<LoadedAuth, "config">,
): readonly Power[] {
  let found: CredentialSource | undefined;
  const source = () => found ??= readEverySource(config.root);
  return [
    ...powers.map((power) => ({ ...power, source })),
    ...(profile === undefined ? [] : reachingPowers(profile)),
    ...kubeconfigPowers(kubeconfig),
  ];
}

function kubeconfigPowers(kubeconfig: EksTarget["kubeconfig"]): readonly Power[] {
  const { value: text, place, by, isMadeAbsolute } = kubeconfig ?? {};
  if (text === undefined || place === undefined || by === undefined) return [];
  const located: Located = { kind: "scalar", place, value: text, text };
  const schema = power(any(), KUBECONFIG_PATH);
  const found = powersIn(schema, { located, key: place, path: by.split(".") });
  return found.map((one): Power => isMadeAbsolute ? { ...one, isMadeAbsolute } : one);
}

function withAuth(root: LocatedMap, section: LocatedMap): LocatedMap {
  const global = root.entries.get("auth")?.value;
  const own = global?.kind === "map" ? global : makeMap([], section.place);
  const identities = mapIn(own, "identities");
  const added = mapIn(section, "identities");
  const known = added === undefined ? section : set(section, ["identities", withoutMarkers(added, identities)]);
  const cleared = namesDefault(added) && identities !== undefined
    ? set(own, ["identities", withoutDefaults(identities)])
    : own;
  return set(root, ["auth", mergeMaps(cleared, known)]);
}

function mapIn(map: LocatedMap, name: string): LocatedMap | undefined {
  const value = map.entries.get(name)?.value;
  return value?.kind === "map" ? value : undefined;
}

function set(map: LocatedMap, [name, value]: readonly [string, LocatedMap]): LocatedMap {
  const key = map.entries.get(name)?.key ?? value.place;
  return makeMap(new Map(map.entries).set(name, { key, value }), map.place);
}

function namesDefault(identities: LocatedMap | undefined): boolean {
  return [...identities?.entries.values() ?? []].some(({ value }) => readDefault(value) === true);
}

function readDefault(identity: Located): unknown {
  const value = identity.kind === "map" ? identity.entries.get("default")?.value : undefined;
  return value?.kind === "scalar" ? value.value : undefined;
}

function withoutDefaults(identities: LocatedMap): LocatedMap {
  return makeMap(
    [...identities.entries].map(([name, entry]) => [name, withoutDefault(entry)] as const),
    identities.place,
  );
}

function withoutDefault(entry: LocatedEntry): LocatedEntry {
  const { value } = entry;
  if (value.kind !== "map") return entry;
  return { ...entry, value: makeMap([...value.entries].filter(([name]) => name !== "default"), value.place) };
}

/** `{x: {default: false}}`, where there is no x. */
function withoutMarkers(added: LocatedMap, identities: LocatedMap | undefined): LocatedMap {
  const isMarker = (name: string, { value }: LocatedEntry) =>
    identities?.entries.has(name) !== true && value.kind === "map" && value.entries.size === 1 &&
    readDefault(value) === false;
  return makeMap([...added.entries].filter(([name, entry]) => !isMarker(name, entry)), added.place);
}
