import * as v from "valibot";
import type { Located, LocatedScalar, Problem } from "../../config/values/located.ts";
import { choice, flag, form, text } from "../kinds/fields.ts";
import { ordinary, power } from "../../config/schema/trust_class.ts";
import type { Fault } from "../../config/schema/entries.ts";
import { type KindRegistry, suggestKind } from "../../config/schema/kind.ts";
import { KEYRINGS, type KeyringSpec } from "../kinds/keyrings/registry.ts";
import { type AuthModel, EMPTY_MODEL } from "./model.ts";
import { checkShape, type Shaped } from "../../config/schema/check_shape.ts";
import { REALM_FORM, REALM_IS } from "./realm.ts";
import { type Power, powersIn } from "../../config/schema/powers.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";
import { joinNames, showValue } from "../../config/schema/messages.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";

const LEVELS = ["Debug", "Info", "Warn", "Error"] as const;

const section = (about: string) => v.optional(v.pipe(v.any(), v.description(about)));

/** The auth section itself; providers, identities, integrations and the keyring have schemas of their own. */
export const AUTH = v.object({
  realm: v.optional(power(
    form(REALM_FORM, {
      about: "keeps the logins of several configurations apart",
      allowed: REALM_IS,
    }),
    "shares the logins of other directories",
  )),
  logs: v.optional(v.object({
    level: v.optional(ordinary(choice(LEVELS, "how much is logged; on stderr only Debug is a log"))),
    file: v.optional(power(text("path of the log, a file of mode 0600"), {
      reason: "sets which file is written",
      namesFile: true,
      unless: { is: "a standard stream, which is stderr, or /dev/null", holds: (_, { value }) => isNoFile(value) },
    })),
  })),
  keyring: section("where access keys of IAM users are stored"),
  console: v.optional(v.object({
    isolated: v.optional(ordinary(flag("open the AWS console in a separate browser profile"))),
  })),
  providers: section("login providers, by name"),
  identities: section("identities, by name"),
  integrations: section("what to provision after a login, by name"),
});

function isNoFile(value: Located): boolean {
  return value.kind === "scalar" && /^\/dev\/(?:null|stderr|stdout|fd\/[12])$/.test(value.text);
}

type Settings = Pick<AuthModel, "realm" | "logs" | "keyring" | "isolatedConsole" | "powers">;

interface SettingsRead {
  readonly settings: Settings;
  readonly faults: readonly Fault[];
}

/** Everything in the auth section that has no name of its own. */
export async function readSettings(auth: SchemaCursor): Promise<SettingsRead> {
  const keyring = await readKeyring(auth);
  const { value, problems } = checkShape(AUTH, auth);
  const faults = [...problems, ...keyring.problems].map((problem) => toFault(problem, auth));
  const { realm, logs, console } = value ?? {};
  return {
    settings: {
      realm,
      logs: { level: logs?.level, file: logs?.file },
      keyring: keyring.value ?? EMPTY_MODEL.keyring,
      isolatedConsole: console?.isolated ?? false,
      powers: [...keyring.powers, ...OWN_FIELDS.flatMap((name) => powersOfField(auth, name))],
    },
    faults,
  };
}

/** The other sections have schemas of their own. */
const OWN_FIELDS = ["realm", "logs", "console"] as const;

function powersOfField({ located, path }: SchemaCursor, name: typeof OWN_FIELDS[number]): readonly Power[] {
  const entry = located.kind === "map" ? located.entries.get(name) : undefined;
  if (entry === undefined) return [];
  return powersIn(AUTH.entries[name], { located: entry.value, key: entry.key, path: [...path, name] });
}

interface KeyringRead extends Shaped<KeyringSpec> {
  readonly powers: readonly Power[];
}

/** `auth.keyring.type` names the kind of keyring. */
async function readKeyring(auth: SchemaCursor): Promise<KeyringRead> {
  const entry = auth.located.kind === "map" ? auth.located.entries.get("keyring") : undefined;
  if (entry === undefined) return { value: EMPTY_MODEL.keyring, problems: [], powers: [] };
  const spot: SchemaCursor = { located: entry.value, key: entry.key, path: [...auth.path, "keyring"] };
  const type = entry.value.kind === "map" ? entry.value.entries.get("type") : undefined;
  const name = type?.value.kind === "scalar" ? type.value.value || "system" : "system";
  const registry: KindRegistry<KeyringSpec> = KEYRINGS;
  if (typeof name === "string" && Object.hasOwn(registry, name)) {
    const { schema, parseSpec } = (await registry[name]!.schema()).kind;
    return { ...parseSpec(spot), powers: powersIn(schema, spot) };
  }
  const written = type!.value as LocatedScalar;
  const message = `found ${showValue(written)}: must be ${joinNames(Object.keys(registry))}${
    suggestKind(written, registry)
  }`;
  const path = dottedPath([...spot.path, "type"]);
  return { value: undefined, problems: [{ severity: "error", place: written.place, path, message }], powers: [] };
}

function toFault(problem: Problem, auth: SchemaCursor): Fault {
  const name = /^\w+\.(\w+)/.exec(problem.path)?.[1] ?? "auth";
  return { family: "settings", name, place: auth.key, kind: undefined, breaks: problem.severity === "error", problem };
}
