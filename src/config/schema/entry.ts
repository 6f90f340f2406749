import type { FilePlace, Problem } from "../values/located.ts";

/** What every entry of the auth section has. */
export interface Named {
  /** As written; lookups are case-insensitive. */
  readonly name: string;
  /** The position of the entry's key. */
  readonly place: FilePlace;
}

export type FamilyName = "settings" | "providers" | "identities" | "integrations";

/** An entry that cannot be used, and why. Everything that does not need it still works. */
export interface Broken extends Named {
  /** For "settings" the name is the key in `auth`: "realm", "keyring" and so on. */
  readonly family: FamilyName;
  readonly kind: string | undefined;
  readonly problems: readonly Problem[];
  /** Of an integration: the names in `via`, as far as they can be read. */
  readonly via?: { readonly identity?: string; readonly provider?: string };
}
