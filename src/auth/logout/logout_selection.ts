import { AppError } from "../../errors.ts";
import { buildChain, type Chain } from "../model/chain.ts";
import type { AuthModel, Provider } from "../model/model.ts";
import { type Broken, formatProblem } from "../../config/schema/entry.ts";
import { configuredIdentities, withIdentities } from "../model/configured_identities.ts";
import { findProviderNamed } from "../model/provider_named.ts";
import { CHECK, remedy } from "../../remedy.ts";

/** What the user wants to be logged out of. */
export type LogoutSelection =
  | { readonly kind: "identity"; readonly name: string }
  | { readonly kind: "provider"; readonly name: string }
  /** Every identity and every provider that has one of them. */
  | { readonly kind: "tags"; readonly tags: readonly string[] }
  /** Everything of the realm. */
  | { readonly kind: "all" }
  /** Everything that logins of any configuration have left. */
  | { readonly kind: "all-realms" };

/** The same, found in the configuration. */
export interface Selected {
  readonly chains: readonly Chain[];
  /** Those whose sessions end. */
  readonly providers: readonly Provider[];
  /** Those among them that are logged out of with all that was ever reached through them. */
  readonly whole: readonly Provider[];
}

const ESSENTIAL: readonly string[] = ["auth", "realm"];
const SEE_ALL = { hint: remedy`See every problem of the configuration: ${CHECK}` };

/**
 * Returns what a selection comes to. AppError "identity-not-found" for a name that nothing has, "config-invalid" or "kind-unknown" for what is broken: a
 * realm that no one knows would mean someone else's files.
 */
export function selectTargets(model: AuthModel, selection: LogoutSelection): Selected {
  const providers = [...model.providers.values()];
  const everything = { chains: listValidChains(model), providers, whole: providers };
  if (selection.kind === "all-realms") return everything;
  const broken = model.broken.find(({ family, name }) => family === "settings" && ESSENTIAL.includes(name));
  if (broken !== undefined) throw new AppError("config-invalid", `Cannot log out: ${getSaid(broken)}`, SEE_ALL);
  if (selection.kind === "all") return everything;
  if (selection.kind === "tags") return selectTagged(model, selection.tags);
  if (selection.kind === "identity") {
    const chain = buildChain(model, selection.name);
    return { chains: [chain], providers: chain.provider === undefined ? [] : [chain.provider], whole: [] };
  }
  const provider = findProviderNamed(model, { name: selection.name, doing: "log out of" });
  return { chains: throughAny(model, [provider]), providers: [provider], whole: [provider] };
}

/** The identities with one of the tags, and the providers that have one. AppError "identity-not-found" where none has. */
function selectTagged(model: AuthModel, tags: readonly string[]): Selected {
  const isTagged = (one: { readonly tags: readonly string[] }) => one.tags.some((tag) => tags.includes(tag));
  const whole = [...model.providers.values()].filter(isTagged);
  const through = throughAny(model, whole);
  const named = listChains(model, withIdentities(model, isTagged));
  if (whole.length + named.length === 0) throw makeUntagged(model, tags);
  const chains = [...through, ...named.filter((one) => !through.some((other) => getTarget(other) === getTarget(one)))];
  return { chains, providers: [...new Set([...whole, ...chains.flatMap(({ provider }) => provider ?? [])])], whole };
}

function makeUntagged(model: AuthModel, tags: readonly string[]): AppError {
  const all = [...configuredIdentities(model), ...model.providers.values()];
  const known = [...new Set(all.flatMap((one) => one.tags))].sort().join(", ");
  const wanted = tags.map((tag) => `"${tag}"`).join(" or ");
  return new AppError("identity-not-found", `Cannot log out: no identity and no provider has the tag ${wanted}`, {
    hint: known === "" ? "Nothing has tags; add some in atmos.yaml" : `Available tags: ${known}`,
  });
}

/** The chains that end in one of the identities. AppErrors of buildChain where none is sound. */
function listChains(model: AuthModel, meant: AuthModel): readonly Chain[] {
  const sound = listValidChains(model).filter((chain) => meant.identities.has(getTarget(chain)));
  return sound.length > 0 ? sound : configuredIdentities(meant).map(({ name }) => buildChain(model, name));
}

function throughAny(model: AuthModel, providers: readonly Provider[]): readonly Chain[] {
  return listValidChains(model).filter(({ provider }) => provider !== undefined && providers.includes(provider));
}

/** Returns the name of the identity that a chain is for. */
export function getTarget({ identities }: Chain): string {
  return identities.at(-1)!.name;
}

/** The chains of all identities that can be used. */
export function listValidChains(model: AuthModel): readonly Chain[] {
  return [...model.identities.keys()].flatMap((name) => {
    try {
      return [buildChain(model, name)];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}

function getSaid({ problems }: Broken): string {
  return formatProblem(problems[0]!);
}
