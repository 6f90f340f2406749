import { AppError } from "../../errors.ts";
import { type Chain, chainOf } from "../model/chain.ts";
import type { AuthModel, Provider } from "../model/model.ts";
import { type Broken, formatProblem } from "../../config/schema/entry.ts";
import { configuredIdentities } from "../model/configured_identities.ts";
import { providerNamed } from "../model/provider_named.ts";
import { tagged } from "../model/select_identity.ts";

/** What somebody wants to be logged out of. */
export type LogoutSelection =
  | { readonly kind: "identity"; readonly name: string }
  | { readonly kind: "provider"; readonly name: string }
  /** Every identity that has one of them. */
  | { readonly kind: "tags"; readonly tags: readonly string[] }
  /** Everything of the realm. */
  | { readonly kind: "all" };

/** The same, found in the configuration. */
export interface Selected {
  readonly chains: readonly Chain[];
  readonly providers: readonly Provider[];
}

const ESSENTIAL: readonly string[] = ["auth", "realm"];
const SEE_ALL = { hint: "See every problem of the configuration: atmos auth validate" };

/**
 * AppError "identity-not-found" for a name that nothing has, "config-invalid" or "kind-unknown" for what is broken: a
 * realm that nobody knows would mean somebody else's files.
 */
export function selectedBy(model: AuthModel, selection: LogoutSelection): Selected {
  const broken = model.broken.find(({ family, name }) => family === "settings" && ESSENTIAL.includes(name));
  if (broken !== undefined) throw new AppError("config-invalid", `Cannot log out: ${said(broken)}`, SEE_ALL);
  if (selection.kind === "identity") {
    const chain = chainOf(model, selection.name);
    return { chains: [chain], providers: chain.provider === undefined ? [] : [chain.provider] };
  }
  if (selection.kind === "tags") return throughOf(model, tagged(model, selection.tags));
  if (selection.kind === "all") return { chains: soundChains(model), providers: [...model.providers.values()] };
  const provider = providerNamed(model, { name: selection.name, doing: "log out of" });
  return { chains: soundChains(model).filter((chain) => chain.provider === provider), providers: [provider] };
}

/** The chains that end in one of the identities, and how one logs in for them. AppErrors of chainOf where none is sound. */
function throughOf(model: AuthModel, meant: AuthModel): Selected {
  const sound = soundChains(model).filter((chain) => meant.identities.has(chain.identities.at(-1)!.name));
  const chains = sound.length > 0 ? sound : configuredIdentities(meant).map(({ name }) => chainOf(model, name));
  return { chains, providers: [...new Set(chains.flatMap(({ provider }) => provider ?? []))] };
}

/** The chains of all identities that can be used. */
export function soundChains(model: AuthModel): readonly Chain[] {
  return [...model.identities.keys()].flatMap((name) => {
    try {
      return [chainOf(model, name)];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}

function said({ problems }: Broken): string {
  return formatProblem(problems[0]!);
}
