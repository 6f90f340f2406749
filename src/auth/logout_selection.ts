import { AppError } from "../errors.ts";
import { closest } from "../formats/closest.ts";
import { type Chain, chainOf } from "./chain.ts";
import { lookup, nameMeant } from "./lookup.ts";
import type { AuthModel, Broken, Provider } from "./model.ts";
import { formatProblem } from "./problem_order.ts";

/** What somebody wants to be logged out of. */
export type LogoutSelection =
  | { readonly kind: "identity"; readonly name: string }
  | { readonly kind: "provider"; readonly name: string }
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
  if (selection.kind === "all") return { chains: soundChains(model), providers: [...model.providers.values()] };
  const provider = providerOf(model, selection.name);
  return { chains: soundChains(model).filter((chain) => chain.provider === provider), providers: [provider] };
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

function providerOf(model: AuthModel, name: string): Provider {
  const found = lookup(model.providers, name);
  if (found !== undefined) return found;
  const family = model.broken.filter(({ family }) => family === "providers");
  const meant = nameMeant(name, family.map(({ name }) => name));
  const broken = family.find((one) => one.name === meant);
  const start = `Cannot log out of provider "${name}": `;
  if (broken !== undefined) throw new AppError("config-invalid", start + said(broken), SEE_ALL);
  const near = closest(name, [...model.providers.keys()]).map((one) => `"${one}"`).join(" or ");
  const guess = near === "" ? "" : `, did you mean ${near}?`;
  throw new AppError("identity-not-found", `${start}there is no provider of that name${guess}`, {
    hint: "See what there is: atmos auth list --providers",
  });
}

function said({ problems }: Broken): string {
  return formatProblem(problems[0]!);
}
