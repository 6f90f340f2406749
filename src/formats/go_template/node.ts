export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "print"; readonly pipeline: Pipeline }
  | { readonly kind: "if" | "with"; readonly pipeline: Pipeline; readonly body: Nodes; readonly otherwise: Nodes }
  | { readonly kind: "range"; readonly pipeline: Pipeline; readonly body: Nodes; readonly otherwise: Nodes }
  | { readonly kind: "break" | "continue"; readonly at: number }
  | { readonly kind: "template"; readonly name: string; readonly pipeline: Pipeline | undefined; readonly at: number };

export type Nodes = readonly Node[];

/** `$a, $b := command | command`: the value of each command is the last argument of the next. */
export interface Pipeline {
  /** Names of variables, each with its $. */
  readonly variables: readonly string[];
  /** Whether the variables are new ones (`:=`). */
  readonly declares: boolean;
  readonly commands: readonly Command[];
  readonly at: number;
}

/** The first is what is called or meant, the others are its arguments. */
export interface Command {
  readonly words: readonly Operand[];
  readonly at: number;
}

export type Operand =
  | { readonly kind: "literal"; readonly value: unknown; readonly at: number }
  | { readonly kind: "nil"; readonly at: number }
  | { readonly kind: "dot"; readonly at: number }
  | { readonly kind: "variable"; readonly name: string; readonly at: number }
  | { readonly kind: "function"; readonly name: string; readonly at: number }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline; readonly at: number }
  | { readonly kind: "field"; readonly of: Operand; readonly name: string; readonly at: number };

/** A template with the ones that it defines. */
export interface Template {
  readonly source: string;
  readonly nodes: Nodes;
  readonly defined: ReadonlyMap<string, Nodes>;
  /** Every function that is named, with where first. */
  readonly functions: ReadonlyMap<string, number>;
}
