import { type Broken, formatProblem, problemText } from "../../config/schema/entry.ts";
import { isElsewhere, lookups, nameMeant } from "../../config/schema/lookup.ts";
import { isEmpty } from "../../config/schema/plain_value.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";
import type { Located, Problem } from "../../config/values/located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import { AppError } from "../../errors.ts";
import { maySayYes } from "./misspelled_defaults.ts";
import { NOTHING_FOUND } from "./found_identities.ts";
import type { AuthModel } from "./model.ts";
import { CHECK, LOGIN, nameSetting, remedy } from "../../remedy.ts";

/** An identity of atmos.yaml, usable or not: what decides whether it is the one that is meant. */
export interface ConfiguredIdentity {
  readonly name: string;
  /** As written; undefined where it is missing. */
  readonly kind: string | undefined;
  readonly isDefault: boolean;
  readonly tags: readonly string[];
  readonly via?: Broken["via"];
  /** Another name for it; of usable ones. */
  readonly alias?: string;
  readonly isBroken: boolean;
  /** Whether only a login has found it, and no file of the configuration has it. */
  readonly isFound: boolean;
  /** A key that is nearly called `default`. */
  readonly misspelled?: Problem;
}

/** Every identity of atmos.yaml, sorted by name. A choice is made among all of them, and only then is it looked at. */
export function configuredIdentities(
  { identities, broken, misspelled = [], found: { names } = NOTHING_FOUND }: Pick<
    AuthModel,
    "identities" | "broken" | "misspelled" | "found"
  >,
): readonly ConfiguredIdentity[] {
  const doubts = new Map(misspelled.map(({ name, problem }) => [name, { misspelled: problem }]));
  const sound = [...identities.values()].map((one) => ({
    ...pick(one),
    ...(one.alias === undefined ? {} : { alias: one.alias }),
    isBroken: false,
    isFound: names.has(one.name),
  }));
  const unsound = broken.filter(({ family }) => family === "identities").map((one) => ({
    ...pick(one),
    isBroken: true,
    isFound: false,
  }));
  return [...sound, ...unsound]
    .map((one) => ({ ...one, ...doubts.get(one.name) }))
    .sort((one, other) => one.name < other.name ? -1 : 1);
}

interface Choosable {
  readonly name: string;
  readonly kind: string | undefined;
  readonly isDefault?: boolean;
  readonly tags?: readonly string[];
  readonly via?: { readonly identity?: string | undefined; readonly provider?: string | undefined } | undefined;
}

function pick(
  { name, kind, isDefault = false, tags = [], via }: Choosable,
): Omit<ConfiguredIdentity, "isBroken" | "isFound"> {
  return { name, kind, isDefault, tags, ...(via === undefined ? {} : { via: getViaNames(via) }) };
}

function getViaNames({ identity, provider }: NonNullable<Choosable["via"]>): NonNullable<Broken["via"]> {
  return { ...(identity === undefined ? {} : { identity }), ...(provider === undefined ? {} : { provider }) };
}

/** The model with those identities alone, the broken ones among them too. */
export function withIdentities<M extends AuthModel>(model: M, isMeant: (one: ConfiguredIdentity) => boolean): M {
  const names = new Set(configuredIdentities(model).filter(isMeant).map(({ name }) => name));
  const { used, ...rest } = model;
  const isUsed = used !== undefined && nameMeant(used, names) !== undefined;
  // Without it, as far as the compiler sees.
  const kept = (isUsed ? model : rest) as M;
  return {
    ...kept,
    identities: new Map([...model.identities].filter(([name]) => names.has(name))),
    broken: model.broken.filter(({ family, name }) => family !== "identities" || names.has(name)),
  };
}

/**
 * Finds the name of the provider that an identity logs in with, as far as broken entries say it; undefined for none, or
 * where that cannot be known.
 */
export function providerFinder(model: AuthModel): (name: string) => string | undefined {
  const find = lookups(new Map(configuredIdentities(model).map((one) => [one.name, one])));
  return (name) => {
    const seen = new Set<ConfiguredIdentity>();
    let at = find(name);
    while (at !== undefined && at.via?.provider === undefined && !seen.has(at)) {
      seen.add(at);
      at = at.via?.identity === undefined ? undefined : find(at.via.identity);
    }
    return at?.via?.provider;
  };
}

/** Broken identities with what they say that decides whether they are meant. */
export function withClaims(broken: readonly Broken[], section: SchemaCursor | undefined): readonly Broken[] {
  return broken.map((one) => {
    const entry = one.family === "identities" && section?.located.kind === "map"
      ? section.located.entries.get(one.name)?.value
      : undefined;
    return entry === undefined
      ? one
      : { ...one, isDefault: claimsDefault(entry), tags: tagsIn(entry), via: viaIn(entry) };
  });
}

/** Where it cannot be read, it may be. */
function claimsDefault(entry: Located): boolean {
  if (entry.kind !== "map") return !isEmpty(entry);
  const said = valueAt(entry, ["default"]);
  return said !== undefined && maySayYes(said);
}

function tagsIn(entry: Located): readonly string[] {
  const tags = valueAt(entry, ["tags"]);
  return tags?.kind === "list" ? tags.items.flatMap((tag) => tag.kind === "scalar" ? [tag.text] : []) : [];
}

function viaIn(entry: Located): NonNullable<Broken["via"]> {
  return getViaNames({ identity: textAt(entry, ["via", "identity"]), provider: textAt(entry, ["via", "provider"]) });
}

const MOST_PROBLEMS = 4;

/**
 * AppError "config-invalid" where an identity has a key that is nearly called `default`, and is not the one that is
 * chosen: were it spelled right, the choice would be another.
 */
export function refuseMisspelled(among: readonly ConfiguredIdentity[], chosen: string | undefined): void {
  const found = among.find((one) => one.misspelled !== undefined && one.name !== chosen)?.misspelled;
  if (found === undefined) return;
  throw new AppError("config-invalid", `Cannot choose an identity: ${problemText(found)}`, {
    hint: remedy`Correct the key, or specify an identity: ${nameSetting("identity")}`,
    place: found.place,
  });
}

/** Returns the error of what cannot be done ("use …", "choose …") where no file of a configuration was found. */
export function noConfiguration(doing: string): AppError {
  return new AppError("config-not-found", `Cannot ${doing}: no atmos.yaml was found`, {
    hint: ["Set one up: ", { kind: "set-up" }, ", or specify your directory: -C DIRECTORY"],
  });
}

/** The error of a broken entry that a command needs: its first problem at its place, and the others with theirs. */
export function unusable({ kind, problems }: Broken, doing: string): AppError {
  const [first, ...more] = problems;
  const left = more.length - MOST_PROBLEMS;
  const others = [
    ...more.slice(0, MOST_PROBLEMS).map((one) => `; ${formatProblem(one)}`),
    ...(left > 0 ? [`; and ${left} more`] : []),
  ];
  const message = `Cannot ${doing}: ${problemText(first!)}${others.join("")}`;
  // Nothing is wrong with an entry that a login may find: AWS has not been asked, or does not offer it.
  if (kind === undefined && first!.severity === "warning") {
    return new AppError("identity-not-found", message, {
      hint: remedy`Log in, which finds it: ${LOGIN}`,
      place: first!.place,
    });
  }
  const code = kind !== undefined && isElsewhere(kind) ? "kind-unknown" : "config-invalid";
  return new AppError(code, message, {
    hint: remedy`See every problem of the configuration: ${CHECK}`,
    place: first!.place,
  });
}
