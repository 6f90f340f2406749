import { isHidden } from "../../config/values/fetched.ts";
import type { Fetched, LocatedMap } from "../../config/values/located.ts";
import type { Stack } from "../manifests/layers.ts";
import { type ComponentKind, kindsIn } from "../settings/kinds.ts";
import { mapAt } from "./sections.ts";

export interface ComponentKey {
  readonly kind: ComponentKind;
  readonly name: string;
}

/** Every component that some file of the stack names. */
export function componentKeys({ layers }: Stack): readonly ComponentKey[] {
  return kindsIn(layers.map(getRoot)).flatMap((kind) => {
    const names = layers.flatMap((
      { manifest },
    ) => [...(mapAt(manifest.root, ["components", kind])?.entries.keys() ?? [])]);
    return [...new Set(names)].map((name) => ({ kind, name }));
  });
}

/** The kinds of which the stack has a component of that name. */
export function listComponentKinds({ layers }: Stack, name: string): readonly ComponentKind[] {
  return kindsIn(layers.map(getRoot)).filter((kind) =>
    layers.some(({ manifest }) => mapAt(manifest.root, ["components", kind])?.entries.has(name) === true)
  );
}

/** Returns how the name of a component was fetched; a file that says it itself makes it known. */
export function nameMark({ layers }: Stack, { kind, name }: ComponentKey): Fetched | undefined {
  const entries = layers.flatMap(({ manifest }) => mapAt(manifest.root, ["components", kind])?.entries.get(name) ?? []);
  return (entries.find(({ fetched }) => !isHidden(fetched)) ?? entries[0])?.fetched;
}

function getRoot({ manifest }: Stack["layers"][number]): LocatedMap {
  return manifest.root;
}

/** Whether the component is for others to inherit from only; the last file that says so counts. */
export function isAbstract({ layers }: Stack, { kind, name }: ComponentKey): boolean {
  const types = layers.map(({ manifest }) =>
    mapAt(manifest.root, ["components", kind, name, "metadata"])?.entries.get("type")?.value
  );
  const type = types.findLast((one) => one !== undefined);
  return type?.kind === "scalar" && type.text === "abstract";
}
