import { deepEqual, equal, match } from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { REPO, stackRepository } from "../../../support/config/stack_repository.ts";

const CONFIG = 'stacks: {base_path: stacks, included_paths: ["deploy/**/*"], excluded_paths: ["**/_defaults.yaml"]}\n';

/** The files of catalogs; each says which it is. */
const FILES: readonly string[] = [
  ...["catalog/a.yaml", "catalog/b.yml", "catalog/c.yaml.tmpl", "catalog/d.yml.tmpl", "catalog/e.tmpl"],
  ...[
    "catalog/both.yaml",
    "catalog/both.yaml.tmpl",
    "catalog/pair.yml",
    "catalog/pair.yml.tmpl",
    "catalog/pair.yaml.tmpl",
  ],
  ...["catalog/v1.2.yaml", "catalog/v1.2/x.yaml", "catalog/notes.txt", "catalog/.hidden.yaml"],
  ...["catalog/deep/one/x.yaml", "catalog/deep/two/x.yml", "catalog/deep/two/y.yaml"],
  ...["deploy/_defaults.yaml", "deploy/eu/_defaults.yaml", "mixins/stage/dev.yaml", "other.dir/x.yaml"],
];

async function imported(text: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const catalogs = FILES.map((name) => [`stacks/${name}`, `settings: {said: ${JSON.stringify(name)}}\n`]);
  const stack = `import: ${text}\ncomponents: {terraform: {app: {}}}\n`;
  const { index } = await stackRepository({
    "atmos.yaml": CONFIG,
    "stacks/deploy/eu/dev.yaml": stack,
    ...Object.fromEntries(catalogs),
    ...more,
  });
  const { component } = await findComponent(index, { name: "app", stack: "deploy/eu/dev" });
  const paths = component.stack.layers.map(({ manifest }) => manifest.path.slice(`${REPO}/stacks/`.length));
  return paths.filter((path) => path !== "deploy/eu/dev.yaml");
}

/** An import list, and the files that it means, in their order. */
const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  "[catalog/a]": ["catalog/a.yaml"],
  "[catalog/b]": ["catalog/b.yml"],
  "[catalog/c, catalog/d]": ["catalog/c.yaml.tmpl", "catalog/d.yml.tmpl"],
  "[catalog/a.yaml, catalog/b.yml, catalog/c.yaml.tmpl]": ["catalog/a.yaml", "catalog/b.yml", "catalog/c.yaml.tmpl"],
  "[catalog/c.yaml, catalog/d.yml]": ["catalog/c.yaml.tmpl", "catalog/d.yml.tmpl"],
  "[{path: catalog/e.tmpl, context: {a: 1}}]": ["catalog/e.tmpl"],
  "[catalog/e.tmpl]": ["catalog/e.tmpl"],
  "[catalog/both]": ["catalog/both.yaml"],
  "[catalog/both.yaml]": ["catalog/both.yaml.tmpl"],
  "[catalog/pair]": ["catalog/pair.yml"],
  "[catalog/pair.yml]": ["catalog/pair.yml.tmpl"],
  "[catalog/v1.2/x]": ["catalog/v1.2/x.yaml"],
  "[catalog/v1.2.yaml]": ["catalog/v1.2.yaml"],
  "[other.dir/x]": ["other.dir/x.yaml"],
  "[./_defaults]": ["deploy/eu/_defaults.yaml"],
  "[../_defaults, ./_defaults.yaml]": ["deploy/_defaults.yaml", "deploy/eu/_defaults.yaml"],
  "[../../mixins/stage/dev]": ["mixins/stage/dev.yaml"],
  "[deploy/eu/../_defaults]": ["deploy/_defaults.yaml"],
  '["catalog/{a,b}"]': ["catalog/a.yaml", "catalog/b.yml"],
  '["catalog/[ab]"]': ["catalog/a.yaml", "catalog/b.yml"],
  '["catalog/?.yml"]': ["catalog/b.yml"],
  '["catalog/b*"]': ["catalog/b.yml", "catalog/both.yaml"],
  '["catalog/p*"]': ["catalog/pair.yml"],
  '["catalog/*.tmpl"]': FILES.filter((name) => /^catalog\/\w+\.(?:ya?ml\.)?tmpl$/.test(name)).toSorted(),
  '["catalog/deep/**"]': [],
  '["catalog/deep/**/x"]': ["catalog/deep/one/x.yaml", "catalog/deep/two/x.yml"],
  '["catalog/deep/**/*"]': ["catalog/deep/one/x.yaml", "catalog/deep/two/x.yml", "catalog/deep/two/y.yaml"],
  '["catalog/**/**"]': [
    ...["catalog/a.yaml", "catalog/b.yml", "catalog/both.yaml", "catalog/c.yaml.tmpl", "catalog/d.yml.tmpl"],
    ...["catalog/deep/one/x.yaml", "catalog/deep/two/x.yml", "catalog/deep/two/y.yaml", "catalog/pair.yml"],
    ...["catalog/v1.2.yaml", "catalog/v1.2/x.yaml"],
  ],
  '["catalog/deep/**/*.yaml"]': ["catalog/deep/one/x.yaml", "catalog/deep/two/y.yaml"],
  '["**/_defaults"]': ["deploy/_defaults.yaml", "deploy/eu/_defaults.yaml"],
  '["./*"]': ["deploy/eu/_defaults.yaml"],
  "[catalog/a, mixins/stage/dev, catalog/a]": ["catalog/a.yaml", "mixins/stage/dev.yaml", "catalog/a.yaml"],
  "[{path: catalog/nowhere, skip_if_missing: true}, catalog/a]": ["catalog/a.yaml"],
  '[{path: "catalog/no*", skip_if_missing: true}]': [],
};
for (const [text, expected] of Object.entries(IMPORTS)) {
  Deno.test(`imports: ${text}`, async () => {
    const isNothing = text.includes("deep/**") && expected.length === 0;
    if (isNothing) match(await failure(text), /the import "catalog\/deep\/\*\*" does not exist/);
    else deepEqual(await imported(text), expected);
  });
}

async function failure(text: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    return `none: ${(await imported(text, more)).join(" ")}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, place, message } = error;
    return `${code} ${place?.file}:${place?.line}:${place?.column}: ${message}`.replaceAll(`${REPO}/stacks/`, "");
  }
}

Deno.test("imports: what is not there is an error at its place, with what is near", async () => {
  const start = 'config-invalid deploy/eu/dev.yaml:1:10: Cannot read stack manifest "deploy/eu/dev.yaml": the import ';
  const cases: Readonly<Record<string, string>> = {
    "[catalog/v1.2]": '"catalog/v1.2" does not exist; did you mean "catalog/v1.2.yaml"?',
    "[catalog/e]": '"catalog/e" does not exist',
    "[catalog/both.tmpl]": '"catalog/both.tmpl" does not exist',
    "[catalog/a.yml]": '"catalog/a.yml" does not exist; did you mean "catalog/a.yaml"?',
    "[mixins/stage/dve]": '"mixins/stage/dve" does not exist; did you mean "mixins/stage/dev"?',
    "[./nowhere]": '"./nowhere" does not exist',
    "[catalog]": '"catalog" is a directory; did you mean "catalog/*"?',
    "[./]": '"./" is a directory; did you mean "./*"?',
  };
  for (const [text, found] of Object.entries(cases)) {
    equal((await failure(text)).slice(0, start.length + found.length), start + found);
  }
});

Deno.test("imports: a file that imports itself, or goes in a circle, is an error; a pattern that means it too is not", async () => {
  const circle = /circular import: \S+dev\.yaml -> \S+dev\.yaml$/;
  for (const text of ["[deploy/eu/dev]", "[./dev]", "[deploy/eu/dev.yaml]"]) match(await failure(text), circle);
  const more = { "stacks/deploy/eu/prod.yaml": "settings: {}\n", "stacks/catalog/a.yaml": "import: [deploy/eu/dev]\n" };
  deepEqual(await imported('["deploy/eu/*"]', more), ["deploy/eu/_defaults.yaml", "deploy/eu/prod.yaml"]);
  match(await failure("[catalog/a]", more), /circular import: \S+dev\.yaml -> \S+a\.yaml -> \S+dev\.yaml$/);
});
