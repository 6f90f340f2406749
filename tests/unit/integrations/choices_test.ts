import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { load } from "js-yaml";
import { dottedPath } from "../../../src/formats/text/dotted_path.ts";
import { AUTH } from "../../../src/auth/model/settings.ts";
import { getFields, getMember } from "../../../src/config/schema/schema.ts";
import { validated } from "../../support/config/auth_texts.ts";
import { registeredKinds } from "../../support/config/kinds.ts";

type Path = readonly (string | number)[];

interface Choice {
  /** Seen from `auth`. */
  readonly path: Path;
  readonly options: readonly string[];
  /** What stands in `auth` around it. */
  readonly auth: Readonly<Record<string, unknown>>;
}

function choicesIn(schema: GenericSchema, path: Path = []): readonly Pick<Choice, "path" | "options">[] {
  const { type, wrapped, options } = schema as { type: string; wrapped?: GenericSchema; options?: string[] };
  if (wrapped !== undefined) return choicesIn(wrapped, path);
  if (type === "picklist") return [{ path, options: options! }];
  const fields = Object.entries(getFields(schema) ?? {});
  const item = getMember(schema, 0);
  return [
    ...fields.flatMap(([name, field]) => choicesIn(field, [...path, name])),
    ...(item === undefined ? [] : choicesIn(item, [...path, 0])),
  ];
}

/** The same data with something else at a path. */
function withValue(data: unknown, { path: [key, ...rest], value }: { path: Path; value: unknown }): unknown {
  if (key === undefined) return value;
  const inner = withValue((data as Record<string | number, unknown> | undefined)?.[key], { path: rest, value });
  if (typeof key === "number") return [inner];
  return { ...(data as object | undefined), [key]: inner };
}

async function allChoices(): Promise<readonly Choice[]> {
  const ofKinds = (await registeredKinds()).flatMap(({ section, kind }) => {
    const entries = load(kind.example) as Record<string, unknown>;
    const auth = { [section]: entries };
    const at = section === "keyring" ? [section] : [section, Object.keys(entries)[0]!];
    const choices = choicesIn(kind.schema).filter(({ path }) => path[0] !== "kind");
    return choices.map(({ path, options }) => ({ path: [...at, ...path], options, auth }));
  });
  return [...choicesIn(AUTH).map((choice) => ({ ...choice, auth: {} })), ...ofKinds];
}

const CHOICES = await allChoices();

/** The errors at the choice, or in it. */
async function errorsAt({ path, auth }: Choice, value: unknown): Promise<readonly string[]> {
  const { problems } = await validated(JSON.stringify({ auth: withValue(auth, { path, value }) }));
  const at = dottedPath(["auth", ...path]);
  return problems.flatMap((one) => (one.severity === "error" && one.path.startsWith(at) ? [one.message] : []));
}

Deno.test("choices: each of them is found, in the auth section and in kinds", () => {
  const names = new Set(CHOICES.map(({ path }) => path.at(-1)));
  for (const name of ["level", "driver", "provider_type", "update", "exec_command", "region", "endpoint"]) {
    ok(names.has(name), name);
  }
});

for (const choice of CHOICES) {
  const { path, options } = choice;
  Deno.test(`choices: ${path.join(".")} takes its words, and any other is an error`, async () => {
    for (const option of options) deepEqual(await errorsAt(choice, option), [], option);
    const [first] = options;
    for (const value of ["nonsense", `${first}x`, `x${first}`, ` ${first}`, 5, true, [first], { [first!]: true }]) {
      const [message, ...others] = await errorsAt(choice, value);
      deepEqual(others, []);
      match(message ?? "no error", /^found .+: must be /, JSON.stringify(value));
      for (const option of options) ok(message!.includes(option), `${message}: ${option}`);
    }
    match(
      (await errorsAt(choice, `${first}x`))[0]!,
      options.length === 1 ? /./ : new RegExp(`did you mean .*"${first}"`),
    );
    equal((await errorsAt(choice, null)).length, 0);
  });
}
