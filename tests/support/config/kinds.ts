import { IDENTITIES } from "../../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../../src/auth/kinds/keyrings/registry.ts";
import type { Kind, KindRegistry } from "../../../src/config/schema/kind.ts";
import { PROVIDERS } from "../../../src/auth/kinds/providers/registry.ts";
import { INTEGRATIONS } from "../../../src/integrations/registry.ts";

/** Every registry of kinds, by the key of the auth section where its entries stand. */
const REGISTRIES: Readonly<Record<string, KindRegistry<unknown>>> = {
  providers: PROVIDERS,
  identities: IDENTITIES,
  keyring: KEYRINGS,
  integrations: INTEGRATIONS,
};

export interface RegisteredKind {
  readonly section: string;
  /** What it is registered as. */
  readonly key: string;
  readonly kind: Kind<unknown>;
}

export async function registeredKinds(): Promise<readonly RegisteredKind[]> {
  const all = Object.entries(REGISTRIES).flatMap(([section, registry]) =>
    Object.entries(registry).map(async ([key, { schema }]) => ({ section, key, kind: (await schema()).kind }))
  );
  return await Promise.all(all);
}
