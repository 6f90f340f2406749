import { Forest, type ListedFamily, type Listing, type Parent } from "./listing.ts";

export interface GraphNode {
  /** n0, n1 … */
  readonly id: string;
  readonly family: ListedFamily;
  readonly name: string;
  readonly kind: string;
  readonly isDefault: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** Ids, from what is reached first to what is reached through it. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** What is listed as a graph, for programs that draw. */
export function graphOf(listing: Listing): Graph {
  const ids = new Map<object, string>();
  const nodes = (["providers", "identities", "integrations"] as const).flatMap((family) =>
    listing[family].map((entry): GraphNode => {
      const id = `n${ids.size}`;
      ids.set(entry, id);
      const isDefault = "isDefault" in entry && entry.isDefault;
      return { id, family, name: entry.name, kind: entry.kind, isDefault };
    })
  );
  const forest = new Forest(listing);
  const parents: readonly Parent[] = [...listing.providers, ...listing.identities];
  const edges = parents.flatMap((parent) =>
    [...forest.identitiesOf(parent), ...forest.integrationsOf(parent)].map((child) =>
      [ids.get(parent)!, ids.get(child)!] as const
    )
  );
  return { nodes, edges };
}
