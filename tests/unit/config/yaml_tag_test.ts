import { equal } from "node:assert/strict";
import { YAML_FUNCTIONS } from "../../../src/config/functions/yaml_functions.ts";
import { showTag } from "../../../src/config/values/yaml_tag.ts";

Deno.test("a tag: every function is known, and only what is known is shown", () => {
  for (const tag of [...YAML_FUNCTIONS.keys(), "!template", "!store", "!terraform.output", "!!int"]) {
    equal(showTag(tag), tag);
  }
  for (const tag of ["!Secret123", "!envv", "!ENV", "!!Set12", "!env1", "!hunter2"]) equal(showTag(tag), undefined);
});
