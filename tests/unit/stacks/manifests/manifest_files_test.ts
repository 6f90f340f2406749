import { deepEqual } from "node:assert/strict";
import { manifestFiles, manifestName } from "../../../../src/stacks/manifests/manifest_files.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackSettings } from "../../../../src/stacks/settings/stack_settings.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

const FILES = [
  ...["root.yaml", "deploy/a.yaml", "deploy/b.yml", "deploy/c.yaml.tmpl", "deploy/d.yml.tmpl", "deploy/README.md"],
  ...["deploy/sub/e.yaml", "deploy/sub/deep/f.yaml", "deploy/.hidden.yaml", "catalog/g.yaml", "catalog/net/h.yaml"],
];
const DIRECT = ["deploy/a", "deploy/b", "deploy/c", "deploy/d"];
const BELOW = ["deploy/sub/e", "deploy/sub/deep/f"];
const ALL = ["catalog/g", "catalog/net/h", ...DIRECT, ...BELOW, "root"];

/** Included paths, excluded paths, and the manifests that these mean. */
const PATHS: readonly (readonly [readonly string[], readonly string[], readonly string[]])[] = [
  [["deploy/**"], [], DIRECT],
  [["deploy/*"], [], DIRECT],
  [["deploy/**/*"], [], [...DIRECT, ...BELOW]],
  [["**"], [], ["root"]],
  [["**/**"], [], ALL],
  [["**/*"], [], ALL],
  [["**/*"], ["catalog/**"], [...DIRECT, ...BELOW, "root"]],
  [["**/*"], ["**/sub/**", "**/net/**"], ["catalog/g", ...DIRECT, "root"]],
  [["**/*"], ["**"], []],
  [["**/*"], ["deploy/*", "catalog/*"], ["catalog/net/h", ...BELOW, "root"]],
  [["**/*"], ["catalog/g.yaml", "deploy/**/*"], ["catalog/net/h", "root"]],
  [["**/*"], ["catalog/g", "**/net", "deploy/sub/*", "deploy/?.*"], [
    "catalog/g",
    "catalog/net/h",
    "deploy/sub/deep/f",
    "root",
  ]],
  [["deploy/**.yml"], [], ["deploy/b"]],
  [["deploy/**/*.yaml"], [], ["deploy/a", ...BELOW]],
  [["{deploy,catalog}/**"], [], ["catalog/g", ...DIRECT]],
  [["deploy/{a,c}"], [], ["deploy/a", "deploy/c"]],
  [["deploy/[ab]", "deploy/?"], [], DIRECT],
  [["deploy/[ab]", "catalog/n*/h"], [], ["catalog/net/h", "deploy/a", "deploy/b"]],
  [["deploy/*"], ["deploy/{a,c}.yaml*"], ["deploy/b", "deploy/d"]],
  [["deploy/*"], ["./deploy/a.yaml", "catalog/../deploy/{b,d}.*", "/home/me/repo/stacks/**/c.yaml.tmpl"], []],
  [["deploy/[ab].*"], ["deploy/b.yml"], ["deploy/a"]],
  [["deploy/**.yaml.tmpl", "deploy/*.tmpl"], [], ["deploy/c", "deploy/d"]],
  [["**/deep/**"], [], ["deploy/sub/deep/f"]],
  [["**/*"], ["**/sub/**/*.yaml", "**/*.tmpl"], ["catalog/g", "catalog/net/h", "deploy/a", "deploy/b", "root"]],
  [["deploy/b", "deploy/README", "deploy/a.yaml"], [], ["deploy/a", "deploy/b"]],
  [["catalog/**/*", "catalog/*"], [], ["catalog/g", "catalog/net/h"]],
];
for (const [included, excluded, expected] of PATHS) {
  Deno.test(`manifests: ${included} without ${excluded.join(" ") || "anything"}`, async () => {
    const stacks = { base_path: "stacks", included_paths: included, excluded_paths: excluded };
    const manifests = Object.fromEntries(FILES.map((name) => [`stacks/${name}`, "vars: {}\n"]));
    const { host, config } = await stackRepository({ "atmos.yaml": JSON.stringify({ stacks }), ...manifests });
    const settings = stackSettings(host, config);
    deepEqual(manifestFiles(host, settings).map((path) => manifestName(settings, path)).sort(), [...expected].sort());
  });
}

Deno.test("manifests: an import of x/** takes those in x, and not those below", async () => {
  const { index } = await stackRepository({
    "atmos.yaml": 'stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n',
    "stacks/deploy/dev.yaml": "import: [catalog/**]\nvars: {stage: dev}\ncomponents: {terraform: {eks: {}}}\n",
    "stacks/catalog/one.yaml": "vars: {one: 1}\n",
    "stacks/catalog/two.yml": "vars: {two: 2}\n",
    "stacks/catalog/deep/three.yaml": "vars: {three: 3}\n",
  });
  const { component } = await findComponent(index, { name: "eks", stack: "dev" });
  const names = component.stack.layers.map(({ manifest }) => manifest.path.split("/").at(-1));
  deepEqual(names.sort(), ["dev.yaml", "one.yaml", "two.yml"]);
});
