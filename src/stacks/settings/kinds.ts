import type { Located, LocatedMap } from "../../config/values/located.ts";
import { closest } from "../../formats/text/closest.ts";
import { stackError } from "./stack_error.ts";

/** What a component is for: the key that it stands below in `components`. */
export type ComponentKind = string;

/** In the order in which a name that several kinds have is looked for. */
export const KNOWN_KINDS: readonly ComponentKind[] = [
  "terraform",
  "helmfile",
  "packer",
  "ansible",
  "container",
  "emulator",
  "kubernetes",
  "helm",
];

/** Returns the kinds of the components in manifests: the known ones, then others, such as those of plugins. */
export function kindsIn(roots: readonly LocatedMap[]): readonly ComponentKind[] {
  const said = new Set(roots.flatMap(componentKinds));
  return [
    ...KNOWN_KINDS.filter((kind) => said.has(kind)),
    ...[...said].filter((kind) => !KNOWN_KINDS.includes(kind)).sort(),
  ];
}

/** Returns the kinds that a manifest has a section for, such as `terraform`. */
export function sectionKinds(root: LocatedMap): readonly ComponentKind[] {
  return [...new Set([...KNOWN_KINDS, ...componentKinds(root)])].filter((kind) => root.entries.has(kind));
}

/** Where a key is not known, only a mapping is a kind: others hold anchors, or are mistakes. */
function componentKinds(root: LocatedMap): readonly ComponentKind[] {
  const components = root.entries.get("components")?.value;
  if (components?.kind !== "map") return [];
  const isKind = (name: string, value: Located) =>
    KNOWN_KINDS.includes(name) || (value.kind === "map" && /^[a-z]/i.test(name));
  return [...components.entries].flatMap(([name, { value }]) => (isKind(name, value) ? [name] : []));
}

/**
 * AppError "config-invalid" for a kind that is nearly a known one: what is said of the known kind would be nothing to
 * its components.
 */
export function checkKinds(root: LocatedMap): void {
  for (const kind of componentKinds(root)) {
    const near = closest(kind, KNOWN_KINDS).find((one) => Math.abs(one.length - kind.length) <= 2);
    if (near === undefined || KNOWN_KINDS.includes(kind)) continue;
    const components = root.entries.get("components")!.value as LocatedMap;
    const { key, fetched } = components.entries.get(kind)!;
    const found = fetched === undefined
      ? `components.${kind} is not a kind of component; did you mean "${near}"?`
      : "components has an unknown kind";
    throw stackError({ place: key, found });
  }
}
