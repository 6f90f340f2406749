import { AppError } from "../../errors.ts";
import type { AuthModel, Identity } from "./model.ts";

export interface Selection {
  /** Named on the command line or in ATMOS_IDENTITY; "" stands for `--identity` without a name. */
  readonly said: string | undefined;
  /** Whether a person is there to choose. */
  readonly interactive: boolean;
}

/** A name, or what a person has to choose from and why. */
export type Selected =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "ask"; readonly question: string; readonly among: readonly Identity[] };

/**
 * Which identity is meant: the one that is named, else the only default, else the only one. AppError
 * "identity-not-found" when nothing says which and nobody is there to ask; "config-not-found" when there is none at all.
 */
export function selectIdentity({ identities }: AuthModel, { said, interactive }: Selection): Selected {
  if (said !== undefined && said !== "") return { kind: "named", name: said };
  const all = sorted([...identities.values()]);
  if (all.length === 0) throw noIdentity();
  const defaults = all.filter(({ isDefault }) => isDefault);
  if (said === undefined && defaults.length === 1) return { kind: "named", name: defaults[0]!.name };
  if (said === undefined && all.length === 1) return { kind: "named", name: all[0]!.name };
  const { question, among } = doubt(said, { all, defaults });
  if (!interactive) throw undecided(question, among);
  return { kind: "ask", question, among };
}

function doubt(
  said: string | undefined,
  { all, defaults }: { readonly all: readonly Identity[]; readonly defaults: readonly Identity[] },
): { question: string; among: readonly Identity[] } {
  if (said === "") return { question: "Which identity?", among: all };
  if (defaults.length > 1) return { question: "Several identities are the default. Which one?", among: defaults };
  return { question: "No identity is the default. Which one?", among: all };
}

function sorted(identities: readonly Identity[]): readonly Identity[] {
  return identities.toSorted((one, other) => one.name < other.name ? -1 : 1);
}

function noIdentity(): AppError {
  return new AppError("config-not-found", "Cannot choose an identity: no atmos.yaml that was read defines one", {
    hint: "See what was read: atmos auth validate --verbose",
  });
}

function undecided(question: string, among: readonly Identity[]): AppError {
  const names = among.slice(0, 8).map(({ name }) => name).join(", ") + (among.length > 8 ? ", …" : "");
  const found = question.replace(/\.? ?Which (one|identity)\?$/, "") || "none is named";
  const said = found[0]!.toLowerCase() + found.slice(1);
  return new AppError("identity-not-found", `Cannot choose an identity: ${said}, and there is no terminal to ask on`, {
    hint: `Name one: --identity NAME (${names})`,
  });
}

/**
 * The model with those identities alone that have one of the tags. AppError "identity-not-found" when none has, with the
 * tags that there are.
 */
export function tagged<M extends AuthModel>(model: M, tags: readonly string[]): M {
  const found = [...model.identities].filter(([, one]) => one.tags.some((tag) => tags.includes(tag)));
  if (found.length > 0) return { ...model, identities: new Map(found) };
  const known = [...new Set([...model.identities.values()].flatMap((one) => one.tags))].sort();
  const hint = known.length === 0
    ? "No identity has tags: give it some in atmos.yaml."
    : `Tags are: ${known.join(", ")}`;
  throw new AppError("identity-not-found", `Cannot choose an identity: none has the tag ${listed(tags)}`, { hint });
}

function listed(tags: readonly string[]): string {
  return tags.map((tag) => `"${tag}"`).join(" or ");
}
