import type { Broken, FamilyName, Named } from "../../config/schema/entry.ts";
import type { Problem } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { AuthModel } from "./model.ts";

type Family = Exclude<FamilyName, "settings">;

/** Keys of the auth section that have no entries. */
const SETTINGS = ["realm", "keyring", "logs", "console"];

/** Of identities, what else is known of them. */
interface Entry extends Omit<Named, "powers"> {
  readonly kind: string | undefined;
  readonly isDefault?: boolean;
  readonly tags?: readonly string[];
  readonly via?: { readonly identity?: string | undefined; readonly provider?: string | undefined } | undefined;
}

type Maps = AuthModel & { readonly integrations?: ReadonlyMap<string, Entry> };

/**
 * Returns the model with those entries and settings broken of which a function should have given a value, and could not:
 * without it they would mean something else, such as a role without its policy.
 */
export function withLost<M extends Maps>(model: M, problems: readonly Problem[]): M {
  const errors = problems.filter(({ severity, path }) => severity === "error" && path.startsWith("auth."));
  if (errors.length === 0) return model;
  const families: readonly Family[] = ["providers", "identities", "integrations"];
  const lost = families.flatMap((family) => findLost(family, { model, errors }));
  const names = (family: Family) => new Set(lost.filter((one) => one.family === family).map(({ name }) => name));
  const isLost = ({ family, name }: Broken) => family !== "settings" && names(family).has(name);
  return {
    ...model,
    providers: without(model.providers, names("providers")),
    identities: without(model.identities, names("identities")),
    ...(model.integrations === undefined ? {} : { integrations: without(model.integrations, names("integrations")) }),
    broken: [...model.broken.filter((one) => !isLost(one)), ...lost, ...findLostSettings(errors)],
  };
}

function findLost(
  family: Family,
  { model, errors }: { readonly model: Maps; readonly errors: readonly Problem[] },
): readonly Broken[] {
  const sound: Iterable<Entry> = model[family]?.values() ?? [];
  return [...sound, ...model.broken.filter((one) => one.family === family)].flatMap((entry): readonly Broken[] => {
    const path = dottedPath(["auth", family, entry.name]);
    const found = errors.filter((one) => isWithin(one.path, path));
    if (found.length === 0) return [];
    const { name, place, kind, tags = [] } = entry;
    // What is lost as a whole may say that it is the default.
    const isDefault = entry.isDefault === true || found.some((one) => [path, `${path}.default`].includes(one.path));
    return [{ family, name, place, kind, problems: found, isDefault, tags, via: readVia(entry) }];
  });
}

function readVia({ via }: Entry): NonNullable<Broken["via"]> {
  const { identity, provider } = via ?? {};
  return { ...(identity === undefined ? {} : { identity }), ...(provider === undefined ? {} : { provider }) };
}

function findLostSettings(errors: readonly Problem[]): readonly Broken[] {
  return SETTINGS.flatMap((name): readonly Broken[] => {
    const problems = errors.filter(({ path }) => isWithin(path, dottedPath(["auth", name])));
    return problems.length === 0
      ? []
      : [{ family: "settings", name, place: problems[0]!.place, kind: undefined, problems }];
  });
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function without<T>(entries: ReadonlyMap<string, T>, names: ReadonlySet<string>): ReadonlyMap<string, T> {
  return new Map([...entries].filter(([name]) => !names.has(name)));
}
