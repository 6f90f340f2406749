import type { FilePosition, Problem } from "../values/located.ts";
import type { Power } from "./powers.ts";

/** What every entry of the auth section has. */
export interface Named {
  /** As written; lookups are case-insensitive. */
  readonly name: string;
  /** The position of the entry's key. */
  readonly place: FilePosition;
  /** What in it needs trust, where a file of the working tree says it. */
  readonly powers: readonly Power[];
}

export type FamilyName = "settings" | "providers" | "identities" | "integrations";

/** An entry that cannot be used, and why. Everything that does not need it still works. */
export interface Broken extends Omit<Named, "powers"> {
  /** For "settings" the name is the key in `auth`: "realm", "keyring" and so on. */
  readonly family: FamilyName;
  readonly kind: string | undefined;
  readonly problems: readonly Problem[];
  /** Of an integration or identity: the names in `via`, as far as they can be read. */
  readonly via?: { readonly identity?: string; readonly provider?: string };
  /** Of an identity: whether it says that it is the default, or may say so. */
  readonly isDefault?: boolean;
  /** Of an identity, as far as they can be read. */
  readonly tags?: readonly string[];
}

/** File by file in the order in which they were met, each from top to bottom, nothing twice. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = new Map([...new Set(problems.map(({ place }) => place.file))].map((file, at) => [file, at]));
  const once = new Map(problems.map((one) => [formatProblem(one), one]));
  return [...once.values()].sort((a, b) =>
    files.get(a.place.file)! - files.get(b.place.file)! || a.place.line - b.place.line ||
    a.place.column - b.place.column
  );
}

/** `file:line:column: path: message`, as compilers and editors write it; no path for what is wrong with a whole file. */
export function formatProblem(problem: Problem): string {
  const { file, line, column } = problem.place;
  return `${file}:${line}:${column}: ${problemText(problem)}`;
}

/** The same for an error that has its place besides. */
export function problemText({ path, message }: Pick<Problem, "path" | "message">): string {
  return path === "" ? message : `${path}: ${message}`;
}
