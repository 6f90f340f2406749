import { valueAt } from "../../../config/values/look_up.ts";
import type { Needs } from "../../../host/host.ts";
import type { EksTarget, Sourced } from "../../../stacks/eks_target.ts";
import type { NamedComponent } from "../../../stacks/stack_index.ts";
import type { AuthOf } from "../../project/load.ts";
import type { Globals } from "../../args/global_flags.ts";

/** The identity that is used for a component, and what says so; undefined when none is, or it is still to be chosen. */
export function findIdentitySource(
  { env }: Needs<"env">,
  { auth: { config, model }, globals: { identity } }: {
    readonly auth: AuthOf;
    readonly globals: Pick<Globals, "identity">;
  },
): Sourced | undefined {
  if (identity !== undefined && identity !== "") {
    const by = env.get("ATMOS_IDENTITY") === identity ? "ATMOS_IDENTITY" : "--identity";
    return { value: identity, by, place: undefined };
  }
  const all = [...model.identities.values()];
  const [chosen, ...others] = all.filter(({ isDefault }) => isDefault);
  if (chosen !== undefined && others.length === 0) {
    const path = ["auth", "identities", chosen.name, "default"];
    return { value: chosen.name, by: path.join("."), place: valueAt(config.root, path)?.place };
  }
  const [only] = all;
  if (only === undefined || all.length > 1) return undefined;
  return { value: only.name, by: "the only identity", place: only.place };
}

/** How each value of a component was found, and from which file and line. */
export function explainSources(
  { found, target, identity }: {
    readonly found: NamedComponent;
    readonly target: EksTarget;
    readonly identity: Sourced | undefined;
  },
): readonly string[] {
  const { component, stackName } = found;
  const { file, line } = component.section.place;
  return [
    `Component ${component.name} of stack ${stackName} (${file}:${line})`,
    ...sourceLine("Cluster", target.clusterName),
    ...sourceLine("Region", target.region),
    ...sourceLine("Identity", identity),
    ...sourceLine("AWS profile", target.profile),
    ...sourceLine("Kubeconfig", target.kubeconfig),
  ];
}

function sourceLine(what: string, found: Sourced | undefined): readonly string[] {
  if (found === undefined) return [];
  const { value, by, place } = found;
  return [`${what} ${value}: ${by}${place === undefined ? "" : ` (${place.file}:${place.line})`}`];
}
