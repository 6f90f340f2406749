import { CORE_SCHEMA, dump, load } from "js-yaml";
import { spend, spendOnAll } from "../values/effort.ts";
import { found, type FunctionTable, list, map, str, takes } from "./arguments.ts";

const toYaml = takes(1, (value) => (spendOnAll(value), dump(value, { sortKeys: true, lineWidth: -1, noRefs: true })));
const fromYaml = takes(1, (text) => map(parse(str(text))));
const listFromYaml = takes(1, (text) => list(parse(str(text))));

/** Gomplate's functions between YAML and data. https://docs.gomplate.ca/functions/data/ */
export const YAML_DATA: FunctionTable = {
  "toYAML": toYaml,
  "data.ToYAML": toYaml,
  "yaml": fromYaml,
  "data.YAML": fromYaml,
  "yamlArray": listFromYaml,
  "data.YAMLArray": listFromYaml,
};

function parse(text: string): unknown {
  spend(text.length);
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    throw new Error(`expected YAML, found ${found(text)}`);
  }
}
