import type { Power } from "../../config/schema/powers.ts";
import { type Chain, isAmbient } from "./chain.ts";
import type { AuthModel } from "./model.ts";

/** Returns the powers that credentials of a chain's last identity use. */
export function credentialPowers({ powers }: Pick<AuthModel, "powers">, chain: Chain): readonly Power[] {
  const { provider, identities } = chain;
  const usesKeyring = provider === undefined && !isAmbient(chain);
  const settings = powers.filter(({ path }) =>
    path === "auth.realm" || (usesKeyring && path.startsWith("auth.keyring."))
  );
  const entries = [...(provider === undefined ? [] : [provider]), ...identities].flatMap((entry) => entry.powers);
  return [...settings, ...entries.filter((power) => !isVariable(power))];
}

/** Returns the powers of the region that a chain's last identity works in, which is sent to AWS and stands in files for it. */
export function regionPowers(model: Pick<AuthModel, "powers">, chain: Chain): readonly Power[] {
  return credentialPowers(model, chain).filter(({ path }) => path.endsWith(".region"));
}

const ACCOUNT = /\.principal\.(?:account\.(?:id|name)|assume_role|target_principal)$/;

/** Returns the powers of what an AWS profile of a chain's last identity says: the region, and what says its account. */
export function profilePowers(model: Pick<AuthModel, "powers">, chain: Chain): readonly Power[] {
  return [...regionPowers(model, chain), ...chain.identities.at(-1)!.powers.filter(({ path }) => ACCOUNT.test(path))];
}

/** Returns the powers of the variables that go with a chain's last identity. */
export function environmentPowers({ identities }: Chain): readonly Power[] {
  return identities.at(-1)!.powers.filter(isVariable);
}

/** Returns the powers of the variables that a configuration gives to every program. */
export function globalPowers({ powers }: Pick<AuthModel, "powers">): readonly Power[] {
  return powers.filter(({ path }) => path.startsWith("env."));
}

/** A field of the identity itself: what a name, a policy or a tag holds may be called the same. */
const VARIABLE = /^auth\.identities(?:\.[\w-]+|\[[^\s[\]"]+\]|\["(?:[^"\\]|\\.)*"\])\.env\[\d+\](?:\.|$)/;

function isVariable({ path }: Power): boolean {
  return VARIABLE.test(path);
}
