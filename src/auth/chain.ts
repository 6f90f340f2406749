import { AppError } from "../errors.ts";
import { closest } from "../formats/closest.ts";
import { lookup, nameMeant } from "./lookup.ts";
import type { AuthModel, Broken, Identity, Provider } from "./model.ts";
import { formatProblem } from "./problem_order.ts";
import { isElsewhere } from "./unsupported_kind.ts";

/** How an identity is reached: log in with the provider, then become each identity in turn; the last is the target. */
export interface Chain {
  /** undefined when the first identity needs none: aws/user, aws/ambient. */
  readonly provider: Provider | undefined;
  readonly identities: readonly Identity[];
}

/**
 * The chain of an identity, whose name is looked up without regard to upper and lower case. Throws AppError
 * "identity-not-found", and "config-invalid" or "kind-unknown" when something the chain needs is broken.
 */
export function chainOf(model: AuthModel, name: string): Chain {
  refuseBrokenSettings(model, name);
  const identities: Identity[] = [];
  let next: string | undefined = name;
  while (next !== undefined) {
    const identity = identityOf(model, { name: next, target: name });
    if (identities.includes(identity)) throw circular([...identities, identity]);
    identities.push(identity);
    if (identity.via?.provider !== undefined) {
      return {
        provider: providerOf(model, { name: identity.via.provider, target: name }),
        identities: identities.reverse(),
      };
    }
    next = identity.via?.identity;
  }
  return { provider: undefined, identities: identities.reverse() };
}

interface Wanted {
  readonly name: string;
  /** The identity that the chain is for. */
  readonly target: string;
}

function identityOf(model: AuthModel, wanted: Wanted): Identity {
  refuseBroken(model, { ...wanted, family: "identities" });
  const found = lookup(model.identities, wanted.name);
  if (found === undefined) throw notFound(model, wanted);
  return found;
}

function providerOf(model: AuthModel, wanted: Wanted): Provider {
  refuseBroken(model, { ...wanted, family: "providers" });
  const found = lookup(model.providers, wanted.name);
  if (found !== undefined) return found;
  throw new AppError(
    "config-invalid",
    `Cannot use identity "${wanted.target}": there is no provider "${wanted.name}"`,
    {
      hint: "See every problem of the configuration: atmos auth validate",
    },
  );
}

function refuseBroken(model: AuthModel, wanted: Wanted & { readonly family: Broken["family"] }): void {
  const family = model.broken.filter(({ family }) => family === wanted.family);
  const name = nameMeant(wanted.name, family.map(({ name }) => name));
  const broken = family.find((one) => one.name === name);
  if (broken !== undefined) throw unusable(broken, wanted.target);
}

/** Another realm or keyring would mean other files: better to stop. */
function refuseBrokenSettings(model: AuthModel, target: string): void {
  const broken = model.broken.find(({ family, name }) => family === "settings" && ESSENTIAL.includes(name));
  if (broken !== undefined) throw unusable(broken, target);
}

const ESSENTIAL: readonly string[] = ["auth", "realm", "keyring"];

function unusable({ kind, problems }: Broken, target: string): AppError {
  const [problem] = problems;
  const code = kind !== undefined && isElsewhere(kind) ? "kind-unknown" : "config-invalid";
  return new AppError(code, `Cannot use identity "${target}": ${formatProblem(problem!)}`, {
    hint: "See every problem of the configuration: atmos auth validate",
    place: problem!.place,
  });
}

function notFound(model: AuthModel, { name, target }: Wanted): AppError {
  const broken = model.broken.filter(({ family }) => family === "identities").map(({ name }) => name);
  const near = closest(name, [...model.identities.keys(), ...broken]).map((one) => `"${one}"`).join(" or ");
  const which = name === target ? "of that name" : `"${name}"`;
  const found = `there is no identity ${which}${near === "" ? "" : `, did you mean ${near}?`}`;
  return new AppError("identity-not-found", `Cannot use identity "${target}": ${found}`, {
    hint: "See what there is: atmos auth list",
  });
}

function circular(identities: readonly Identity[]): AppError {
  const chain = identities.map(({ name }) => name).join(" -> ");
  return new AppError("config-invalid", `Cannot use identity "${identities[0]!.name}": it goes in a circle: ${chain}`, {
    hint: "See every problem of the configuration: atmos auth validate",
  });
}
