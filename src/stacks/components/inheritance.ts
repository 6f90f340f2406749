import type { Fetched, FilePosition, Located, LocatedMap } from "../../config/values/located.ts";
import { isHidden, showName } from "../../config/values/fetched.ts";
import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { type ComponentKey, nameMark } from "./component_names.ts";
import { overridesFor, type Stack } from "../manifests/layers.ts";
import { joinAll, mapAt } from "./sections.ts";
import { stackError } from "../settings/stack_error.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

export interface Lineage {
  /** What the files say of the component itself, overrides apart. */
  readonly own: LocatedMap;
  /** The same of each base component, the weakest first; a base of a base goes before it. */
  readonly bases: readonly LocatedMap[];
  readonly baseNames: readonly string[];
  /** The last one where `component` leads from one to the next. */
  readonly root: Base | undefined;
  readonly overrides: LocatedMap | undefined;
  /** How the name of a base was fetched, where that is from beyond the tree. */
  readonly reached: Fetched | undefined;
}

interface LineageInput extends Pick<StackSettings, "lists" | "hasCode"> {
  readonly key: ComponentKey;
}

/**
 * A component with those that it inherits from: `component` first, then `metadata.inherits` in their order.
 * AppError "config-invalid" for a base that the stack doesn't have, unless `component` names code that is there, and for
 * a circle.
 */
export function resolveLineage(stack: Stack, { key, lists, hasCode }: LineageInput): Lineage {
  const ancestry = new Ancestry(stack, { kind: key.kind, lists, hasCode });
  const own = ancestry.ownOf(key.name)!;
  ancestry.check(key.name, []);
  const baseNames = ancestry.namesBefore(key.name);
  const overrides = joinAll(
    stack.layers.map(({ manifest, overrides }) =>
      mapAt(manifest.root, ["components", key.kind])?.entries.has(key.name) === true
        ? overridesFor(overrides, key.kind)
        : undefined
    ),
    lists,
  );
  return {
    own,
    bases: baseNames.map((name) => ancestry.ownOf(name)!),
    baseNames,
    root: ancestry.rootOf(key.name),
    overrides,
    reached: ancestry.reached,
  };
}

type AncestryInput = Omit<LineageInput, "key"> & Pick<ComponentKey, "kind">;

/** A chain of more is a mistake, or made to be one. */
const LONGEST_CHAIN = 500;

class Ancestry {
  reached: Fetched | undefined;
  readonly #stack: Stack;
  readonly #at: AncestryInput;
  readonly #own = new Map<string, LocatedMap | undefined>();
  readonly #checked = new Set<string>();

  constructor(stack: Stack, at: AncestryInput) {
    this.#stack = stack;
    this.#at = at;
  }

  ownOf(name: string): LocatedMap | undefined {
    if (!this.#own.has(name)) this.#own.set(name, this.#read(name));
    return this.#own.get(name);
  }

  #read(name: string): LocatedMap | undefined {
    const { kind, lists } = this.#at;
    const all = this.#stack.layers.map(({ manifest }) => {
      const components = mapAt(manifest.root, ["components", kind]);
      if (components?.entries.has(name) !== true) return undefined;
      return mapAt(manifest.root, ["components", kind, name]) ?? { ...components, entries: new Map() };
    });
    return joinAll(all, lists);
  }

  /** AppErrors of resolveLineage. Each component is looked at once, however many inherit from it. */
  check(name: string, trail: readonly string[]): void {
    if (this.#checked.has(name)) return;
    const chain = [...trail, name];
    for (const base of listBases(this.ownOf(name)!)) {
      this.reached ??= base.reached;
      if (base.name === name) continue;
      if (chain.includes(base.name)) throw circular(this.#stack, { ...base, kind: this.#at.kind, trail: chain });
      if (chain.length > LONGEST_CHAIN) throw tooLong(base);
      if (this.ownOf(base.name) !== undefined) this.check(base.name, chain);
      else if (!this.#isCode(base)) throw this.#unknown(name, base);
    }
    this.#checked.add(name);
  }

  #isCode({ name, mayBeCode }: Base): boolean {
    return mayBeCode === true && this.#at.hasCode({ kind: this.#at.kind, name });
  }

  /** The names of all bases, each where it is met last when bases go before those that inherit from them. */
  namesBefore(name: string): readonly string[] {
    // Backwards that is where it is met first; its own bases have been met when it is met again.
    const met = new Set<string>();
    const meet = (one: string) => {
      if (met.has(one)) return;
      met.add(one);
      const bases = listBases(this.ownOf(one)!).filter((base) => this.ownOf(base.name) !== undefined);
      for (const base of bases.reverse()) meet(base.name);
    };
    meet(name);
    return [...met].slice(1).reverse();
  }

  rootOf(name: string): Base | undefined {
    let [root] = namesIn(this.ownOf(name)!.entries.get("component")?.value);
    if (root?.name === name) return undefined;
    while (root !== undefined) {
      const [next] = namesIn(this.ownOf(root.name)?.entries.get("component")?.value);
      if (next === undefined || next.name === root.name) break;
      root = next;
    }
    return root;
  }

  #unknown(name: string, base: Base): AppError {
    const all = this.#stack.layers.flatMap(({ manifest }) => {
      const { entries } = mapAt(manifest.root, ["components", this.#at.kind]) ?? { entries: [] };
      return [...entries].flatMap(([one, { fetched }]) => (isHidden(fetched) ? [] : [one]));
    });
    const near = (isHidden(base.reached) ? [] : closest(base.name, all)).map((one) => `"${one}"`).join(" or ");
    const meant = near === "" ? "" : `; did you mean ${near}?`;
    const fetched = nameMark(this.#stack, { kind: this.#at.kind, name });
    const [heir, from] = [{ text: name, fetched }, { text: base.name, fetched: base.reached }].map(showName);
    const found = `"${heir}" inherits from "${from}", which the stack ${this.#stack.file} does not have${meant}`;
    return stackError({ place: base.place, found });
  }
}

/** A component that another one inherits from, where that says so. */
export interface Base {
  readonly name: string;
  readonly place: FilePosition;
  readonly reached: Fetched | undefined;
  /** Whether it need not be a component, where there is code of that name. */
  readonly mayBeCode?: true;
}

function listBases(own: LocatedMap): readonly Base[] {
  const inherits = mapAt(own, ["metadata"])?.entries.get("inherits")?.value;
  const code = namesIn(own.entries.get("component")?.value).map((base) => ({ ...base, mayBeCode: true as const }));
  return [...code, ...namesIn(inherits)];
}

function namesIn(value: Located | undefined): readonly Base[] {
  if (value === undefined || (value.kind === "scalar" && value.value === null)) return [];
  if (value.kind === "list") return value.items.flatMap(namesIn);
  if (value.kind === "scalar" && value.text !== "") {
    const { text: name, place, fetched } = value;
    return [{ name, place, reached: fetched?.isBeyond ? fetched : undefined }];
  }
  throw stackError({ place: value.place, found: "a base component must be a name" });
}

function tooLong({ place }: Base): AppError {
  return stackError({ place, found: `the components inherit through more than ${LONGEST_CHAIN} others` });
}

function circular(
  stack: Stack,
  { name, place, kind, trail }: Base & { readonly kind: ComponentKey["kind"]; readonly trail: readonly string[] },
): AppError {
  const chain = [...trail.slice(trail.indexOf(name)), name].map((text) =>
    showName({ text, fetched: nameMark(stack, { kind, name: text }) })
  ).join(" -> ");
  return stackError({ place, found: `circular inheritance: ${chain}` });
}
