import { isPath, noComponentAt } from "./component_path.ts";
import { type ComponentKey, componentKeys, isAbstract, listComponentKinds } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import type { NamedComponent, StackIndex } from "./stack_index.ts";

/** What is looked for in stacks. */
export interface ComponentSearch {
  readonly name: string;
  /** What may be meant in a stack. */
  readonly keysIn: (stack: Stack) => readonly ComponentKey[];
  /** Whether it is, with all that it inherits. */
  readonly fits: (found: NamedComponent) => boolean;
}

/**
 * What a word may mean, the likeliest first: a component of that name, or one whose code lies there. AppError "usage" for
 * what can only be a path, and leads to no component. Permission: read.
 */
export function componentSearches(index: StackIndex, word: string): readonly ComponentSearch[] {
  const named = isPath(word) ? [] : [searchByName(word)];
  const codes = isPath(word) || word.includes("/") ? index.componentsAt(word) : [];
  if (named.length + codes.length === 0) throw noComponentAt(word, index.settings);
  return [...named, ...codes.map(searchByCode)];
}

/** A name of several kinds means the first of them that is not only there for others. */
function searchByName(name: string): ComponentSearch {
  const keysIn = (stack: Stack) => {
    const keys = listComponentKinds(stack, name).map((kind) => ({ kind, name }));
    const key = keys.find((one) => !isAbstract(stack, one)) ?? keys[0];
    return key === undefined ? [] : [key];
  };
  return { name, keysIn, fits: () => true };
}

/** The component that is called as its code, or else all that have it. */
function searchByCode({ kind, name }: ComponentKey): ComponentSearch {
  const keysIn = (stack: Stack) =>
    listComponentKinds(stack, name).includes(kind)
      ? [{ kind, name }]
      : componentKeys(stack).filter((key) => key.kind === kind && !isAbstract(stack, key));
  return { name, keysIn, fits: ({ component }) => [component.name, component.source].includes(name) };
}
