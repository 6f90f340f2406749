import type { EksTarget, Sourced } from "../../../stacks/eks_target.ts";
import type { NamedComponent } from "../../../stacks/stack_index.ts";

export interface SourcesInput {
  readonly found: NamedComponent;
  readonly target: EksTarget;
  readonly identity: Sourced | undefined;
}

/** How each value of a component was found, and from which file and line. */
export function sourceLines({ found, target, identity }: SourcesInput): readonly string[] {
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
