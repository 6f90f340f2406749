import { closest } from "../../text/closest.ts";
import { TemplateError } from "../values/value.ts";
import { BUILTINS } from "./builtins.ts";
import { DICTS } from "./dicts.ts";
import { ENCODINGS } from "./encodings.ts";
import { GOMPLATE } from "./gomplate.ts";
import { LISTS } from "./lists.ts";
import { LOGIC } from "./logic.ts";
import { NUMBERS } from "./numbers.ts";
import { STRINGS } from "./strings.ts";
import type { FunctionTable } from "./arguments.ts";
import { VERSIONS } from "./versions.ts";

const PLAIN: FunctionTable = {
  ...STRINGS,
  ...LISTS,
  ...DICTS,
  ...NUMBERS,
  ...LOGIC,
  ...ENCODINGS,
  ...VERSIONS,
  ...GOMPLATE,
  // Go's own win: both have `slice`.
  ...BUILTINS,
};

const HASH = /^sha\d+sum$/;
const REGEX = /^(?:r|mustR)egex/;
const YAML = /YAML|^yaml/;

/**
 * What a template needs, `more` (functions with effects, such as `env`) included. Throws TemplateError for a function
 * that there is not.
 */
export async function functionTable(
  named: ReadonlyMap<string, number>,
  more: FunctionTable = {},
): Promise<FunctionTable> {
  const names = [...named.keys()];
  const hashes = names.some((name) => HASH.test(name)) ? (await import("./encodings.ts")).HASHES : {};
  const regexes = names.some((name) => REGEX.test(name)) ? (await import("./regexes.ts")).REGEXES : {};
  const yaml = names.some((name) => YAML.test(name)) ? (await import("./yaml_data.ts")).YAML_DATA : {};
  const table = { ...PLAIN, ...hashes, ...regexes, ...yaml, ...more };
  for (const [name, at] of named) if (!Object.hasOwn(table, name)) throw unknown(name, { at, table });
  return table;
}

/** Functions of sprig, gomplate and the Go atmos that give something else each time, or look elsewhere. */
const LEFT_OUT = new RegExp(
  "^(?:now|ago|date\\w*|htmlDate\\w*|uuidv4|rand[A-Z]\\w*|shuffle|gen[A-Z]\\w*|bcrypt|htpasswd|getHostByName|" +
    "ds|datasource\\w*|include|(?:aws|file|net|random|sockaddr|time|uuid)\\.\\w+|atmos\\.(?:Store|GomplateDatasource))$",
);

function unknown(name: string, { at, table }: { readonly at: number; readonly table: FunctionTable }): TemplateError {
  if (LEFT_OUT.test(name)) {
    return new TemplateError(
      `there is no function "${name}": templates have no access to the clock, random numbers, the network or stores`,
      at,
    );
  }
  const near = closest(name, Object.keys(table)).map((one) => `"${one}"`).join(" or ");
  return new TemplateError(`there is no function "${name}"${near === "" ? "" : `; did you mean ${near}?`}`, at);
}
