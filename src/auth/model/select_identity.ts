import { hintWithSkipped } from "../../config/values/skipped_import.ts";
import { nameMeant } from "../../config/schema/lookup.ts";
import { AppError } from "../../errors.ts";
import { resolveAlias } from "./aliases.ts";
import {
  configuredIdentities,
  type ConfiguredIdentity,
  noConfiguration,
  refuseMisspelled,
  unusable,
  withIdentities,
} from "./configured_identities.ts";
import { findHint } from "./found_identities.ts";
import type { AuthModel } from "./model.ts";
import { joinLines, nameCommand, nameSetting, remedy, SET_UP } from "../../remedy.ts";

export interface Selection {
  /** Named on the command line or in ATMOS_IDENTITY; "" stands for `--identity` without a name. */
  readonly said: string | undefined;
  /** Whether a person is there to choose. */
  readonly interactive: boolean;
}

/** A name, or what a person has to choose from and why. */
export type Selected =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "ask"; readonly question: string; readonly among: readonly ConfiguredIdentity[] };

/**
 * Which identity is meant: the one that is named, else the one that `auth use` has chosen, the only default, or the only
 * one, usable or not. AppError
 * "identity-not-found" when nothing says which and there is no terminal to ask at; "config-not-found" when there is none at all,
 * "config-invalid" when atmos.yaml cannot be read so far, or a misspelled `default` would change the choice.
 */
export function selectIdentity(model: AuthModel, { said, interactive }: Selection): Selected {
  if (said !== undefined && said !== "") return { kind: "named", name: resolveAlias(model, said) };
  const all = readable(model);
  if (all.length === 0) throw noIdentity(model);
  if (said === undefined) refuseGone(model, all);
  const name = said === undefined
    ? overOwnDefault(model, { all, name: evident(model, { all, used: model.used }) })
    : undefined;
  if (said === undefined && model.used === undefined) refuseMisspelled(all, name);
  if (name !== undefined) return { kind: "named", name };
  const { question, among } = doubt(said, all);
  if (!interactive) throw makeUndecided(question, among);
  return { kind: "ask", question, among };
}

/**
 * The identity of `auth use`, the default or the only one, for a command that can do without one; where a repository has
 * added some, the one that it would be outside of it. undefined where there is none, or several of which none is the
 * default. AppErrors of selectIdentity for several defaults, and where it cannot be read.
 */
export function evidentIdentity(model: AuthModel): string | undefined {
  const all = readable(model);
  if (all.length > 0 && model.used !== undefined) return evident(model, { all, used: model.used });
  refuseGone(model, all);
  const { question, among } = doubt(undefined, all);
  if (defaultsIn(all).length > 1) throw makeUndecided(question, among);
  const found = overOwnDefault(model, { all, name: evident(model, { all, used: undefined }) });
  const name = found ?? (all.length > 0 && model.usual ? evident(model, { all, used: model.usual.name }) : undefined);
  refuseMisspelled(all, name);
  return name;
}

/** AppError "config-invalid" where the section is there, and is none. */
function readable(model: AuthModel): readonly ConfiguredIdentity[] {
  const lost = model.broken.find(({ family, name }) => family === "settings" && SECTIONS.includes(name));
  if (lost !== undefined) throw unusable(lost, "choose an identity");
  return configuredIdentities(model);
}

const SECTIONS: readonly string[] = ["auth", "identities"];

type Aliased = Parameters<typeof resolveAlias>[0];

/** One of `auth use` that is gone is still the one that is meant, and no other: not the one that has its name as an alias. */
function evident(
  model: Aliased,
  { all, used }: { readonly all: readonly ConfiguredIdentity[]; readonly used: string | undefined },
): string | undefined {
  if (used !== undefined) {
    refuseChosenAlias(model, used);
    return nameMeant(used, all.map(({ name }) => name)) ?? used;
  }
  const defaults = defaultsIn(all);
  if (defaults.length === 1) return defaults[0]!.name;
  return all.length === 1 ? all[0]!.name : undefined;
}

/**
 * Refuses the name that `auth use` has remembered where no identity has it any more, but another one as its alias.
 *
 * @throws {AppError} identity-not-found
 */
export function refuseChosenAlias(model: Aliased, used: string): void {
  const other = resolveAlias(model, used);
  if (other === used) return;
  const found = `"auth use" has chosen it, and it is an alias of "${other}" now`;
  throw new AppError("identity-not-found", `Cannot use identity "${used}": ${found}`, {
    hint: remedy`Choose again: ${nameCommand("auth", "use", "NAME")}`,
  });
}

/** What `auth use` has chosen for the user's own files is above their default in a repository, too. */
function overOwnDefault(
  model: Aliased & Pick<AuthModel, "used" | "usual" | "stackDefault">,
  { all, name }: { readonly all: readonly ConfiguredIdentity[]; readonly name: string | undefined },
): string | undefined {
  const { used, usual, stackDefault } = model;
  const isOwn = used === undefined && stackDefault === undefined;
  const isBelow = isOwn && usual?.above !== undefined && usual.above === name;
  return isBelow ? evident(model, { all, used: usual.name }) : name;
}

/**
 * AppError "identity-not-found" where `auth use` has chosen one that the user's own files do not have any more, or a login
 * has yet to find, unless the repository says itself which one is meant: another one of that name, or the only one, is not.
 */
function refuseGone(
  { used, usual, found }: Pick<AuthModel, "used" | "usual" | "found">,
  all: readonly ConfiguredIdentity[],
): void {
  if (used !== undefined || usual?.isGone !== true) return;
  if (defaultsIn(all).some(({ name }) => name !== usual.above)) return;
  const specify = remedy`Specify one: ${nameSetting("identity")}; or choose again outside of this repository: ${
    nameCommand("auth", "use")
  }`;
  const isSought = found?.providers.some(({ isAsked }) => !isAsked) === true;
  const why = '"auth use" has chosen it, and your own configuration does not have it now';
  throw new AppError("identity-not-found", `Cannot use identity "${usual.name}": ${why}`, {
    hint: isSought ? findHint({ found: found! })! : specify,
  });
}

function defaultsIn(all: readonly ConfiguredIdentity[]): readonly ConfiguredIdentity[] {
  return all.filter(({ isDefault }) => isDefault);
}

function doubt(
  said: string | undefined,
  all: readonly ConfiguredIdentity[],
): { question: string; among: readonly ConfiguredIdentity[] } {
  const defaults = defaultsIn(all);
  if (said === "") return { question: "Which identity?", among: all };
  if (defaults.length > 1) return { question: "Several identities are the default. Which one?", among: defaults };
  return { question: "No identity is the default. Which one?", among: all };
}

function noIdentity({ skippedImports, hasNoFile, ...model }: AuthModel): AppError {
  if (hasNoFile) return noConfiguration("choose an identity");
  return new AppError("config-not-found", "Cannot choose an identity: no atmos.yaml that was read defines one", {
    hint: joinLines([
      hintWithSkipped(skippedImports, findHint(model) ?? SET_UP),
      ["See what was read: ", { kind: "check-configuration", verbose: true }],
    ]),
  });
}

function makeUndecided(question: string, among: readonly ConfiguredIdentity[]): AppError {
  const names = among.slice(0, 8).map(({ name }) => name).join(", ") + (among.length > 8 ? ", …" : "");
  const found = question.replace(/\.? ?Which (one|identity)\?$/, "") || "none was given";
  const said = found[0]!.toLowerCase() + found.slice(1);
  return new AppError("identity-not-found", `Cannot choose an identity: ${said}, and there is no terminal to ask on`, {
    hint: remedy`Specify one: ${nameSetting("identity")} (${names})`,
  });
}

/**
 * The model with those identities alone that have one of the tags. AppError "identity-not-found" when none has, with the
 * tags that there are.
 */
export function filterByTags<M extends AuthModel>(model: M, tags: readonly string[]): M {
  const all = configuredIdentities(model);
  const hasTag = (one: ConfiguredIdentity) => one.tags.some((tag) => tags.includes(tag));
  if (all.some(hasTag)) return withIdentities(model, hasTag);
  const known = [...new Set(all.flatMap((one) => one.tags))].sort();
  const hint = known.length === 0
    ? "No identity has tags; add some in atmos.yaml"
    : `Available tags: ${known.join(", ")}`;
  throw new AppError("identity-not-found", `Cannot choose an identity: none has the tag ${joinNames(tags)}`, {
    hint: hintWithSkipped(model.skippedImports, hint),
  });
}

function joinNames(tags: readonly string[]): string {
  return tags.map((tag) => `"${tag}"`).join(" or ");
}
