import type { Broken, Named } from "../../config/schema/entry.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { SkippedImport } from "../../config/values/skipped_import.ts";
import type { Trust } from "../../config/trust/trust_gate.ts";
import type { Found } from "./found_identities.ts";
import type { InheritedIdentity } from "./inherited_identity.ts";
import type { IdentitySpec } from "../kinds/identities/registry.ts";
import type { KeyringSpec } from "../kinds/keyrings/registry.ts";
import type { MisspelledDefault } from "./misspelled_defaults.ts";
import type { ProviderSpec } from "../kinds/providers/registry.ts";

export type Provider = ProviderSpec & Named;
export type Identity = IdentitySpec & Named;

/** The auth section of atmos.yaml, without what is broken. */
export interface AuthModel {
  readonly realm: string | undefined;
  readonly logs: { readonly level: string | undefined; readonly file: string | undefined };
  readonly keyring: KeyringSpec;
  readonly isolatedConsole: boolean;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly broken: readonly Broken[];
  /** Whatever in the section needs trust where a file of the working tree says it, in broken entries too. */
  readonly powers: readonly Power[];
  /** Asked before anything of the section is used. */
  readonly trust: Trust;
  /** The name of the file that says who logs in, where another one beside it may say something else. */
  readonly namedFile?: string | undefined;
  /** Whether there is no configuration at all: no file says anything. */
  readonly hasNoFile?: boolean;
  /** Remote imports of the configuration: what is not there may be in them. */
  readonly skippedImports?: readonly SkippedImport[];
  /** What logins of its providers have found. */
  readonly found?: Found;
  /** The identity that `auth use` has chosen for the configuration: it is taken where none is named. */
  readonly used?: string;
  /** What the user's own files alone come to, where nothing of the whole configuration says which identity is meant. */
  readonly usual?: UsualIdentity | undefined;
  /** Where the default is that of a stack or component: the identity of `auth use` that it is above. */
  readonly stackDefault?: { readonly overruled: string | undefined };
  /** The identity that the user has last picked from a list, where the next one begins. */
  readonly picked?: string;
  /** What the environment says for another configuration. */
  readonly inherited?: InheritedIdentity;
  /** Where others than the user's own files say something: the identities of those, small, and what they call accounts. */
  readonly ownNames?: ReadonlyMap<string, string | undefined>;
  /** Identities that nearly say that they are the default. */
  readonly misspelled?: readonly MisspelledDefault[];
}

export interface UsualIdentity {
  readonly name: string;
  /** `auth use`, or the only one of the user's own files. */
  readonly by: "auth use" | "only own";
  /** The default of the user's own files, which `auth use` is above. */
  readonly above?: string | undefined;
  /** Whether the user's own files have no identity of that name any more: another one's is not it. */
  readonly isGone?: boolean;
}

/** Of a model that no one has loaded to be used. */
const TRUSTS_NOTHING: Trust = {
  require(powers) {
    return powers.length === 0 ? Promise.resolve() : Promise.reject(new Error("trust was not asked for"));
  },
  hasPassed: (powers) => powers.length === 0,
};

/** What is configured when there is no auth section. */
export const EMPTY_MODEL: AuthModel = {
  realm: undefined,
  logs: { level: undefined, file: undefined },
  keyring: { type: "system" },
  isolatedConsole: false,
  providers: new Map(),
  identities: new Map(),
  broken: [],
  powers: [],
  trust: TRUSTS_NOTHING,
};
