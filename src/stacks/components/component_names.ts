import type { Stack } from "../manifests/layers.ts";
import { mapAt } from "./sections.ts";
import { type ComponentKind, KINDS } from "../settings/stack_settings.ts";

export interface ComponentKey {
  readonly kind: ComponentKind;
  readonly name: string;
}

/** Every component that some file of the stack names. */
export function componentKeys({ layers }: Stack): readonly ComponentKey[] {
  return KINDS.flatMap((kind) => {
    const names = layers.flatMap((
      { manifest },
    ) => [...(mapAt(manifest.root, ["components", kind])?.entries.keys() ?? [])]);
    return [...new Set(names)].map((name) => ({ kind, name }));
  });
}

/** The kinds of which the stack has a component of that name. */
export function kindsOf({ layers }: Stack, name: string): readonly ComponentKind[] {
  return KINDS.filter((kind) =>
    layers.some(({ manifest }) => mapAt(manifest.root, ["components", kind])?.entries.has(name) === true)
  );
}

/** Whether the component is for others to inherit from only; the last file that says so counts. */
export function isAbstract({ layers }: Stack, { kind, name }: ComponentKey): boolean {
  const types = layers.map(({ manifest }) =>
    mapAt(manifest.root, ["components", kind, name, "metadata"])?.entries.get("type")?.value
  );
  const type = types.findLast((one) => one !== undefined);
  return type?.kind === "scalar" && type.text === "abstract";
}
