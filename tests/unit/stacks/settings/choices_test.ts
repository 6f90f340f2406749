import { deepEqual, ok } from "node:assert/strict";
import { eksTarget } from "../../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

type Files = Readonly<Record<string, string>>;

const HAS = '{{ if hasPrefix "t0" (getenv "TOKEN") }}';
const COMPONENTS = "components: {terraform: {eks: {vars: {region: us-east-2}}}}\n";
const ATMOS = `stacks: {base_path: stacks, included_paths: ["deploy/*"]}
components: {helmfile: {cluster_name_template: '{{ .vars.stage }}'}}
templates: {settings: {enabled: true}}
`;
const CATALOG: Files = {
  "stacks/a.yaml": "vars: {stage: a}\n",
  "stacks/b.yaml": "vars: {stage: b}\n",
  "stacks/bx.yaml.tmpl": `vars: { ${HAS}other{{ else }}stage{{ end }}: b}\n`,
};

const at = (manifest: string, more: Files = {}): Files => ({
  "atmos.yaml": ATMOS,
  ...CATALOG,
  "stacks/deploy/s.yaml": `${manifest}name: s\n${COMPONENTS}`,
  ...more,
});
const imports = (...items: readonly string[]) => `import: [${items.join(", ")}]\n`;

/** Ways to let the name of the cluster, which some file of the tree says, depend on something beyond it. */
const ROADS: Readonly<Record<string, Files>> = {
  "the path of an import that may be missing": at(
    imports("a", `{path: 'b${HAS}-not{{ end }}', skip_if_missing: true}`),
  ),
  "the path of an import": at(imports(`'${HAS}a{{ else }}b{{ end }}'`)),
  "a pattern of imports": at(imports("a", `{path: '${HAS}not{{ else }}b{{ end }}*', skip_if_missing: true}`)),
  "an import of an import": at(imports("c"), { "stacks/c.yaml": imports(`'${HAS}a{{ else }}b{{ end }}'`) }),
  "which keys a template file has": at(imports("a", "bx")),
  "the only setting of a template file": at(imports("a", "c"), {
    "stacks/c.yaml.tmpl": `${HAS}x: 1{{ else }}vars: {stage: b}{{ end }}\n`,
  }),
  "an import by a local": at(
    `locals: {t: !env TOKEN}\n${imports("a", "{path: 'b{{ .locals.t }}', skip_if_missing: true}")}`,
  ),
  "a file beyond the tree that may be missing": at(imports("a", "{path: ../../../outside/x, skip_if_missing: true}")),
  "a pattern of such files": at(imports("a", "{path: '../../../outside/x*', skip_if_missing: true}")),
  "a key of vars": at(`locals: {x: 1}\nvars: {stage: a, '${HAS}other{{ else }}stage{{ end }}': b}\n`),
  "the name of another stack": at(imports("a"), {
    "stacks/deploy/t.yaml": `locals: {n: '${HAS}t{{ else }}s{{ end }}'}\nname: '{{ .locals.n }}'\n${
      imports("a")
    }${COMPONENTS}`,
  }),
  "the name of a component": at(`${imports("a")}locals: {x: 1}\n`, {
    "stacks/a.yaml":
      `locals: {x: 1}\nvars: {stage: a}\ncomponents: {terraform: {'${HAS}eks{{ else }}no{{ end }}': {}}}\n`,
  }),
  "whether a component is enabled": at(imports("a", "c"), {
    "stacks/c.yaml":
      `locals: {e: !env TOKEN}\ncomponents: {terraform: {eks: {metadata: {enabled: '{{ .locals.e }}'}}}}\n`,
  }),
  "where stacks are": {
    ...at(imports("a")),
    "atmos.yaml": ATMOS.replace("base_path: stacks", "base_path: !env STACKS"),
  },
  "which stacks there are": {
    ...at(imports("a")),
    "atmos.yaml": ATMOS.replace('["deploy/*"]', "[deploy/s.yaml, !env TOKEN]"),
  },
};

async function powers(files: Files, env: Files): Promise<readonly string[]> {
  const { host, config, index } = await stackRepository(files, { STACKS: "stacks", ...env });
  const found = await findComponent(index, { name: "eks", stack: "s" });
  return (await eksTarget(host, { config, found, said: {} })).powers.map(({ shown }) => shown);
}

for (const [road, files] of Object.entries(ROADS)) {
  Deno.test(`choices: what something beyond the tree decides needs trust, whatever it has decided: ${road}`, async () => {
    for (const TOKEN of ["t0ken", "other"]) ok((await powers(files, { TOKEN })).length > 0, TOKEN);
  });
}

Deno.test("choices: what only the tree decides needs none, whatever else stands there", async () => {
  const cases: Readonly<Record<string, Files>> = {
    "a missing file of the tree": at(
      imports("a", "{path: not, skip_if_missing: true}", "{path: 'not*', skip_if_missing: true}"),
    ),
    "a template of the tree": at(
      `settings: {x: b}\n${imports("a", "{path: '{{ .settings.x }}', skip_if_missing: true}")}`,
    ),
    "the context of an import": at(imports("a", "{path: c, context: {t: !env TOKEN}}"), {
      "stacks/c.yaml": "settings: {x: '{{ .t }}'}\n",
    }),
    "a value beside it": at(`vars: {other: !env TOKEN}\nsettings: {x: !env TOKEN}\n${imports("a")}`),
    "another stack of a written name": at(imports("a"), {
      "stacks/deploy/t.yaml": `name: t\n${imports(`'${HAS}a{{ else }}b{{ end }}'`)}${COMPONENTS}`,
    }),
  };
  for (const [name, files] of Object.entries(cases)) deepEqual(await powers(files, { TOKEN: "t0ken" }), [], name);
});
