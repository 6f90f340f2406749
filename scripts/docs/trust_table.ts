import { IDENTITIES } from "../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../src/auth/kinds/keyrings/registry.ts";
import { PROVIDERS } from "../../src/auth/kinds/providers/registry.ts";
import { AUTH } from "../../src/auth/model/settings.ts";
import { fieldsIn, type SchemaField } from "../../src/config/schema/field_table.ts";
import type { KindRegistry } from "../../src/config/schema/kind.ts";
import { GLOBAL_VARIABLE } from "../../src/auth/model/global_variables.ts";
import { getRemarks } from "../../src/config/schema/schema.ts";
import { INTEGRATIONS } from "../../src/integrations/registry.ts";
import { code, markdownTable } from "./markdown.ts";

/** What the paths of a section's fields begin with. */
const SECTIONS: readonly (readonly [prefix: string, registry: KindRegistry<unknown>])[] = [
  ["auth.keyring", KEYRINGS],
  ["auth.providers.*", PROVIDERS],
  ["auth.identities.*", IDENTITIES],
  ["auth.integrations.*", INTEGRATIONS],
];

/** Every setting that needs trust where a file of the working tree gives it, with the reason; from the schemas. */
export async function trustTable(): Promise<string> {
  const own = fieldsIn(AUTH).filter(({ path }) => !SECTIONS.some(([prefix]) => prefix.split(".")[1] === path));
  const rows = new Map(own.flatMap((field) => rowOf("auth", field)));
  for (const [prefix, registry] of SECTIONS) {
    for (const { schema } of Object.values(registry)) {
      for (const [path, row] of fieldsIn((await schema()).kind.schema).flatMap((field) => rowOf(prefix, field))) {
        rows.set(path, row);
      }
    }
  }
  for (const [path, row] of rowOf("env", { path: "*", about: undefined, trust: getRemarks(GLOBAL_VARIABLE).trust })) {
    rows.set(path, row);
  }
  return markdownTable(["setting", "what it does", "ordinary is"], [...rows.values()]);
}

function rowOf(prefix: string, { path, trust }: SchemaField): readonly (readonly [string, readonly string[]])[] {
  if (trust?.class === "ordinary") return [];
  const full = `${prefix}.${path}`;
  return [[full, [code(full), trust?.reason ?? "may do anything", trust?.unless?.is ?? ""]]];
}
