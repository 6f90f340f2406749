/** What a value of a field may do: the class that stands at each field of every schema. */
import { type GenericSchema, type InferOutput, metadata, pipe } from "valibot";
import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import type { FilePosition, Located } from "../values/located.ts";

/** Anyone may say it: it names what AWS knows, or how something looks. */
interface Ordinary {
  readonly class: "ordinary";
}

/** A value that only the user, or a file that the user trusts, may give. */
export interface PowerClass {
  readonly class: "power";
  /** Completes "it ...": "sets the AWS endpoint". */
  readonly reason: string;
  /** When a value is ordinary all the same: as a rule, and for the table of fields. */
  readonly unless?: OrdinaryWhere;
  /** Fields beside it that say what it is about, which count as part of the value. */
  readonly about?: readonly string[];
  /** It names a program, so its file counts as part of the value. */
  readonly runs?: true;
  /** It names a file or a directory, so where links lead from there counts as part of the value. */
  readonly namesFile?: true;
  /** What is in a file of the tree that it names, where that has powers of its own; of files elsewhere, nothing. */
  readonly contents?: (host: Needs<"read" | "env" | "sys">, at: NamedAt) => Promise<readonly BarePower[]>;
}

/** A value that names a file. */
interface NamedAt {
  readonly value: Located;
  /** The file that says it. */
  readonly by: string;
}

/** Something that needs trust where a file of the working tree says it. */
export interface BarePower {
  /** Dotted path of the value. */
  readonly path: string;
  /** Where it is written; of a fetched value, the call. */
  readonly place: FilePosition;
  /** What is trusted: the value, and how it was fetched. It may be a password. */
  readonly content: Secret;
  /** As it may be printed. */
  readonly shown: string;
  /** Completes "it ...". */
  readonly reason: string;
  /** The line of a program that it starts. */
  readonly runs?: string;
  /** The path of a file or directory that it names. */
  readonly names?: string;
  /** The files that are part of it where they lie in the tree, absolute; "tree" for every file there. */
  readonly covers?: readonly string[] | "tree";
}

interface OrdinaryWhere {
  /** Completes "ordinary is ...": "a file below ~/.kube". */
  readonly is: string;
  readonly holds: (host: Needs<"read" | "env" | "sys">, at: OrdinaryCase) => boolean;
}

interface OrdinaryCase {
  readonly value: Located;
  /** What holds it, for the fields beside it. */
  readonly parent: Located;
}

export type TrustClass = Ordinary | PowerClass;

/** The class of a field that has none: what no one has judged is not harmless. */
export const UNJUDGED: PowerClass = { class: "power", reason: "may do anything" };

/** The schema of a field whose values are harmless, whoever writes them. */
export function ordinary<const S extends GenericSchema>(schema: S) {
  return pipe(schema, metadata<InferOutput<S>, { readonly trust: TrustClass }>({ trust: { class: "ordinary" } }));
}

/** The schema of a field whose values need trust where a file of the working tree gives them. */
export function power<const S extends GenericSchema>(schema: S, given: string | Omit<PowerClass, "class">) {
  const trust = { class: "power", ...(typeof given === "string" ? { reason: given } : given) } as const;
  return pipe(schema, metadata<InferOutput<S>, { readonly trust: TrustClass }>({ trust }));
}
