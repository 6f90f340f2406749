import type { FilePlace, Problem } from "../config/located.ts";
import type { IdentitySpec } from "./identities/registry.ts";
import type { KeyringSpec } from "./keyrings/registry.ts";
import type { ProviderSpec } from "./providers/registry.ts";

/** What every entry of the auth section has. */
export interface Named {
  /** As written; look-ups do not care about upper and lower case. */
  readonly name: string;
  /** Where the entry's key stands. */
  readonly place: FilePlace;
}

export type Provider = ProviderSpec & Named;
export type Identity = IdentitySpec & Named;

export type FamilyName = "settings" | "providers" | "identities" | "integrations";

/** Something that cannot be used, and why. What doesn't need it works all the same. */
export interface Broken extends Named {
  /** For "settings" the name is the key in `auth`: "realm", "keyring" ... */
  readonly family: FamilyName;
  readonly kind: string | undefined;
  readonly problems: readonly Problem[];
  /** Of an integration: what it names in `via`, as far as that can be read. */
  readonly via?: { readonly identity?: string; readonly provider?: string };
}

/** The auth section of atmos.yaml, without what is broken. */
export interface AuthModel {
  readonly realm: string | undefined;
  readonly logs: { readonly level: string | undefined; readonly file: string | undefined };
  readonly keyring: KeyringSpec;
  readonly isolatedConsole: boolean;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly broken: readonly Broken[];
}

/** What is configured when there is no auth section. */
export const EMPTY_MODEL: AuthModel = {
  realm: undefined,
  logs: { level: undefined, file: undefined },
  keyring: { type: "system" },
  isolatedConsole: false,
  providers: new Map(),
  identities: new Map(),
  broken: [],
};
