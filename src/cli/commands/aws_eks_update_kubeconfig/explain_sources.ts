import { valueAt } from "../../../config/values/look_up.ts";
import type { EksTarget, Sourced } from "../../../stacks/eks_target.ts";
import { type NamedComponent, showNames } from "../../../stacks/stack_index.ts";
import type { LoadedAuth } from "../../project/load.ts";
import type { Claim } from "../../login/credential_claims.ts";

/** The identity that is used for a component, and what says so; undefined when none is, or it is still to be chosen. */
export function findIdentitySource({ config }: LoadedAuth, { kind, name, by }: Claim): Sourced | undefined {
  if (kind === "aws" || name === undefined || name === "") return undefined;
  if (by === "--identity" || by === "ATMOS_IDENTITY") return { value: name, by, place: undefined };
  const path = ["auth", "identities", name];
  const marked = valueAt(config.root, [...path, "default"])?.place;
  if (marked !== undefined) return { value: name, by: [...path, "default"].join("."), place: marked };
  return { value: name, by: by === "auth use" ? by : "the only identity", place: valueAt(config.root, path)?.place };
}

/** How each value of a component was found, and from which file and line. */
export function explainSources(
  { found, target, identity }: {
    readonly found: NamedComponent;
    readonly target: EksTarget;
    readonly identity: Sourced | undefined;
  },
): readonly string[] {
  const { component, stack } = showNames(found);
  const { file, line } = found.component.section.place;
  return [
    `Component ${component} of stack ${stack} (${file}:${line})`,
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
