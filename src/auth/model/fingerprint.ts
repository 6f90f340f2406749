import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import { Secret } from "../../secret.ts";
import { INCIDENTAL_TO_IDENTITIES } from "../kinds/identities/fields.ts";
import { IDENTITIES } from "../kinds/identities/registry.ts";
import { INCIDENTAL_TO_PROVIDERS } from "../kinds/providers/fields.ts";
import { PROVIDERS } from "../kinds/providers/registry.ts";
import { isUser } from "../kinds/identities/registry.ts";
import { KEYRINGS } from "../kinds/keyrings/registry.ts";
import type { Chain } from "./chain.ts";
import type { AuthModel, Identity, Provider } from "./model.ts";

interface FingerprintInput {
  readonly chain: Chain;
  /** As configured: where the keys of a user are that atmos.yaml does not have. */
  readonly keyring: AuthModel["keyring"];
}

/** Where an entry stands, and whose trust it needs, is nothing about it; `via` is the chain itself. Names have no case. */
const INCIDENTAL_TO_ENTRIES: readonly string[] = ["place", "powers", "via", "name"];

/**
 * Returns what the credentials of a chain's last identity are, in 64 hexadecimal digits: the SHA-256 over everything of
 * the provider, of every identity and of the keyring that decides whose they are or what they may do. Credentials that
 * were stored for another fingerprint are another identity's, whatever that is called.
 */
export async function chainFingerprint({ chain, keyring }: FingerprintInput): Promise<string> {
  const { provider, identities } = chain;
  const [first] = identities;
  const head = [
    provider === undefined ? "null" : canonicalText(await providerTraits(provider)),
    first !== undefined && isUser(first) && first.keys === undefined
      ? canonicalText(await keyringTraits(keyring))
      : "null",
  ].join();
  if (identities.length > LONG) return await hashLongChain(identities, head);
  return await sha256Hex(`[${[head, ...await Promise.all(identities.map(identityText))].join()}]`);
}

/** More identities than a chain has with good reason. */
const LONG = 16;

/** The same where all identities may be one chain, and each has most of it. */
async function hashLongChain(identities: readonly Identity[], head: string): Promise<string> {
  const { hashChain } = await import("./chain_hash.ts");
  return await hashChain(identities, { head: `[${head}`, textOf: identityText, end: "]" });
}

/** An identity is part of the chain of each that is assumed from it. */
const identityTexts = new WeakMap<Identity, Promise<string>>();

function identityText(identity: Identity): Promise<string> {
  const known = identityTexts.get(identity) ?? identityTraits(identity).then(canonicalText);
  identityTexts.set(identity, known);
  return known;
}

async function providerTraits(provider: Provider): Promise<unknown> {
  const { kind } = await PROVIDERS[provider.kind].schema();
  return traitsOfEntry(provider, [...INCIDENTAL_TO_PROVIDERS, ...kind.incidental]);
}

async function identityTraits(identity: Identity): Promise<unknown> {
  const { kind } = await IDENTITIES[identity.kind].schema();
  return traitsOfEntry(identity, [...INCIDENTAL_TO_IDENTITIES, ...kind.incidental]);
}

function traitsOfEntry(entry: Provider | Identity, incidental: readonly string[]): unknown {
  return { name: entry.name.toLowerCase(), traits: traitsIn(entry, [...INCIDENTAL_TO_ENTRIES, ...incidental]) };
}

async function keyringTraits(keyring: AuthModel["keyring"]): Promise<unknown> {
  const { kind } = await KEYRINGS[keyring.type].schema();
  return traitsIn(keyring, kind.incidental);
}

function traitsIn(entry: object, incidental: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !incidental.includes(name)));
}

/** JSON that does not depend on the order in which a mapping was written. */
function canonicalText(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

function sortKeys(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sortKeys(member)]),
  );
}
