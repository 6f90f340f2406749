import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { hintWithSkipped } from "../../config/values/skipped_import.ts";
import { lookup, lookups, nameMeant } from "../../config/schema/lookup.ts";
import type { AuthModel, Identity, Provider } from "./model.ts";
import type { Broken } from "../../config/schema/entry.ts";
import { resolveAlias } from "./aliases.ts";
import { findHint } from "./found_identities.ts";
import { hintWithSetUp } from "./set_up_hint.ts";
import { configuredIdentities, noConfiguration, unusable } from "./configured_identities.ts";
import { CHECK, remedy } from "../../remedy.ts";

/** How an identity is reached: log in with the provider, then become each identity in turn; the last is the target. */
export interface Chain {
  /** undefined when the first identity needs none: aws/user, aws/ambient. */
  readonly provider: Provider | undefined;
  readonly identities: readonly Identity[];
}

/**
 * The chain of an identity, whose name or alias is looked up without regard to upper and lower case. Throws AppError
 * "identity-not-found", and "config-invalid" or "kind-unknown" when something the chain needs is broken.
 */
export function buildChain(model: AuthModel, name: string): Chain {
  refuseBrokenSettings(model, name);
  const target = resolveAlias(model, name);
  const identities = followIdentities(model, target);
  const via = identities.at(-1)!.via?.provider;
  const provider = via === undefined ? undefined : findProvider(model, { name: via, target });
  return { provider, identities: identities.toReversed() };
}

/** From the identity to the one that begins its chain. */
function followIdentities(model: AuthModel, target: string): readonly Identity[] {
  const identityOf = identityFinder(model, target);
  const trail = new Set<Identity>();
  let next: string | undefined = target;
  while (next !== undefined) {
    const identity = identityOf(next);
    if (trail.has(identity)) throw circular([...trail, identity]);
    trail.add(identity);
    next = identity.via?.provider === undefined ? identity.via?.identity : undefined;
  }
  return [...trail];
}

interface RequestedEntry {
  readonly name: string;
  /** The identity that the chain is for. */
  readonly target: string;
}

/** Finds the identities of the chain for `target` by their names. */
function identityFinder(model: AuthModel, target: string): (name: string) => Identity {
  const { broken, sound } = getNames(model);
  return (name) => {
    const unsound = broken(name);
    if (unsound !== undefined) throw unusable(unsound, using(target));
    const found = sound(name);
    if (found === undefined) throw notFound(model, { name, target });
    return found;
  };
}

interface Names {
  /** What the rest was made of. */
  readonly of: AuthModel["broken"];
  readonly broken: (name: string) => Broken | undefined;
  readonly sound: (name: string) => Identity | undefined;
}

/** Chains of all identities are asked for one after the other. */
const namesOfModels = new WeakMap<AuthModel["identities"], Names>();

function getNames(model: AuthModel): Names {
  const known = namesOfModels.get(model.identities);
  if (known?.of === model.broken) return known;
  const broken = lookups(new Map(listBroken(model, "identities").map((one) => [one.name, one])));
  const names = { of: model.broken, broken, sound: lookups(model.identities) };
  namesOfModels.set(model.identities, names);
  return names;
}

function findProvider(model: AuthModel, wanted: RequestedEntry): Provider {
  const broken = listBroken(model, "providers");
  const name = nameMeant(wanted.name, broken.map(({ name }) => name));
  const unsound = broken.find((one) => one.name === name);
  if (unsound !== undefined) throw unusable(unsound, using(wanted.target));
  const found = lookup(model.providers, wanted.name);
  if (found !== undefined) return found;
  throw new AppError(
    "config-invalid",
    `Cannot use identity "${wanted.target}": there is no provider "${wanted.name}"`,
    { hint: hintWithSkipped(model.skippedImports, remedy`See every problem of the configuration: ${CHECK}`) },
  );
}

function listBroken(model: AuthModel, wanted: Broken["family"]): readonly Broken[] {
  return model.broken.filter(({ family }) => family === wanted);
}

/** Another realm or keyring would mean other files: better to stop. */
function refuseBrokenSettings(model: AuthModel, target: string): void {
  const broken = model.broken.find(({ family, name }) => family === "settings" && ESSENTIAL.includes(name));
  if (broken !== undefined) throw unusable(broken, using(target));
}

const ESSENTIAL: readonly string[] = ["auth", "realm", "keyring"];

/** Completes "Cannot ...". */
function using(target: string): string {
  return `use identity "${target}"`;
}

function notFound(model: AuthModel, { name, target }: RequestedEntry): AppError {
  if (model.hasNoFile) return noConfiguration(using(target));
  const near = closest(name, configuredIdentities(model).map((one) => one.name)).map((one) => `"${one}"`).join(" or ");
  const which = name === target ? "of that name" : `"${name}"`;
  const found = `there is no identity ${which}${near === "" ? "" : `, did you mean ${near}?`}`;
  return new AppError("identity-not-found", `Cannot use identity "${target}": ${found}`, {
    hint: hintWithSetUp(model, findHint(model) ?? ["List them: ", { kind: "list-identities" }]),
  });
}

function circular(identities: readonly Identity[]): AppError {
  const chain = longChain(identities.map(({ name }) => name));
  return new AppError(
    "config-invalid",
    `Cannot use identity "${identities[0]!.name}": its chain is circular: ${chain}`,
    {
      hint: remedy`See every problem of the configuration: ${CHECK}`,
    },
  );
}

/** Returns the region of the last identity that names one, else the provider's. */
export function findChainRegion(chain: Chain): string | undefined {
  return findIdentityRegion(chain) ?? chain.provider?.region;
}

/** Returns the region of the last identity that names one: where a provider logs in may be far from what users look at. */
export function findIdentityRegion({ identities }: Pick<Chain, "identities">): string | undefined {
  return identities.toReversed().find(({ region }) => region !== undefined)?.region;
}

/** Whether it is the environment's own credentials, which belong to another program and are never stored. */
export function isAmbient({ identities }: Chain): boolean {
  return identities.length === 1 && identities[0]!.isAmbient;
}

/** Whether the environment may be that of another cloud. */
export function isAnyCloud({ identities: [first, ...more] }: Chain): boolean {
  return more.length === 0 && first!.kind === "aws/ambient" && first!.isAnyCloud === true;
}

const MOST_SHOWN = 12;

/** `a -> b -> c`; of very many names only the first ones and the last. */
export function longChain(names: readonly string[]): string {
  const left = names.length - MOST_SHOWN;
  const shown = left < 2 ? names : [...names.slice(0, MOST_SHOWN - 1), `(${left} more)`, ...names.slice(-1)];
  return shown.join(" -> ");
}
